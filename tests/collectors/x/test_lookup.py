"""Second looks at stored posts."""

import pytest

from collectors.base import Unreachable

GONE = "https://api.x.com/2/problems/resource-not-found"
CLOSED = "https://api.x.com/2/problems/not-authorized-for-resource"


def test_found_gone_and_unmentioned_are_told_apart(x, platform, say):
    errors = [
        {"type": GONE, "value": "2", "resource_type": "tweet"},
        {"type": CLOSED, "resource_id": "3", "resource_type": "tweet"},
        {"type": GONE, "value": "9", "resource_type": "user"},
    ]
    platform.say(say({"data": [x.post(1)], "errors": errors}))
    looked = x.build().lookup(["1", "2", "3", "4", "not-an-id"])
    assert [post.platform_id for post in looked.found] == ["1"]
    assert looked.missing == ("2", "3")
    assert platform.asked[0].params["ids"] == "1,2,3,4"
    assert (looked.calls, looked.billed) == (1, 1)


def test_authors_who_are_known_are_not_paid_for_again(x, platform, say):
    platform.say(say({"data": [x.post(1)]}))
    looked = x.build().lookup(["1"])
    assert "expansions" not in platform.asked[0].params
    assert looked.dollars == 0.005
    (post,) = looked.found
    assert post.author.id == "9"
    assert post.author.handle is None


def test_all_gone_is_an_answer(x, platform, say):
    platform.say(say({"errors": [{"type": GONE, "value": "2", "resource_type": "tweet"}]}))
    assert x.build().lookup(["2"]).missing == ("2",)


def test_an_answer_without_any_of_it_deletes_nothing(x, platform, say):
    platform.say(say({"errors": [{"title": "Service Unavailable"}]}))
    with pytest.raises(Unreachable):
        x.build().lookup(["2"])


def test_hundred_ids_a_call(x, platform, say):
    platform.answer = lambda asked: say(
        {"data": [x.post(int(each)) for each in asked.params["ids"].split(",")]}
    )
    looked = x.build().lookup([str(number) for number in range(1, 251)])
    assert len(looked.found) == 250
    assert [len(asked.params["ids"].split(",")) for asked in platform.asked] == [100, 100, 50]


def test_an_edited_post_is_read_in_its_newest_version(x, platform, say):
    history = ["1", "7"]
    platform.answer = lambda asked: say(
        {"data": [x.post(int(asked.params["ids"]), edit_history_tweet_ids=history)]}
    )
    (post,) = x.build().lookup(["1"]).found
    assert (post.platform_id, post.text) == ("1", "post 7 #mamhkoumch")


def test_nothing_asked_nothing_spent(x, platform):
    assert x.build().lookup([]).calls == 0
    assert platform.asked == []
