"""X's compliance jobs: what is sent where, and what its answers mean."""

import json
from datetime import UTC, datetime

import pytest

from collectors.base import RateLimited, Refused, Unreachable
from collectors.guard import Guard
from collectors.jobs import COMPLETE, CREATED, Job, Lapsed, Occupied, Withheld
from collectors.x.events import read_findings
from tests.collectors.conftest import Platform

AT = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


@pytest.fixture
def jobs(x):
    def build(*allowed: str):
        made = x.build(links=Guard.of("x", allowed or ["127.0.0.1"])).jobs
        assert made is not None
        return made

    return build


@pytest.fixture
def elsewhere():
    running = Platform()
    yield running
    running.close()


def job(platform, *, name="n", status=CREATED, to="") -> dict[str, str]:
    to = to or platform.url
    return {
        "id": "77", "name": name, "status": status, "type": "tweets",
        "upload_url": f"{to}/up?token=s", "download_url": f"{to}/down?token=s",
    }  # fmt: skip


def lines(*events: object) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in events)


def test_a_job_is_made_for_posts_under_a_name(jobs, platform, say):
    platform.say(say({"data": job(platform, name="sada-1")}))
    made = jobs().create("sada-1")
    assert (made.id, made.name, made.status) == ("77", "sada-1", CREATED)
    (asked,) = platform.asked
    assert (asked.method, asked.path) == ("POST", "/2/compliance/jobs")
    assert json.loads(asked.body) == {"type": "tweets", "name": "sada-1"}
    assert "token" not in repr(made)


@pytest.mark.parametrize("status", [403, 404])
def test_a_key_without_jobs_is_no_other_refusal(jobs, platform, say, status):
    platform.say(say({"title": "Forbidden", "detail": "client-not-enrolled"}, status))
    with pytest.raises(Withheld, match="may not use compliance jobs"):
        jobs().create("n")
    assert len(platform.asked) == 1


def test_another_job_under_way_is_waited_for(jobs, platform, say):
    platform.say(say({"title": "Conflict"}, 409))
    with pytest.raises(Occupied):
        jobs().create("n")
    assert len(platform.asked) == 1


def test_a_job_is_found_by_its_name_unless_it_is_over(jobs, platform, say):
    listed = [
        job(platform, status="expired") | {"id": "1", "created_at": "2026-11-20T03:00:00.000Z"},
        job(platform) | {"id": "2", "created_at": "2026-11-20T01:00:00.000Z"},
        job(platform) | {"id": "3", "created_at": "2026-11-20T02:00:00.000Z"},
        job(platform, name="another") | {"id": "4"},
    ]
    platform.say(say({"data": listed}), say({"meta": {"result_count": 0}}))
    found = jobs().find("n")
    assert found is not None
    assert found.id == "3"
    assert jobs().find("n") is None
    assert platform.asked[0].params == {"type": "tweets"}


def test_a_job_that_is_no_longer_known_has_lapsed(jobs, platform, say):
    platform.say(say({"title": "Not Found"}, 404))
    with pytest.raises(Lapsed):
        jobs().job("77")


def told(platform, to: str = "") -> Job:
    data = job(platform, to=to)
    return Job(data["id"], "n", COMPLETE, data["upload_url"], data["download_url"])


def test_ids_go_as_lines_to_xs_own_address_with_the_key(jobs, platform, say):
    made = jobs()
    made.upload(told(platform), ["1", "22"])
    (asked,) = platform.asked
    assert (asked.method, asked.path, asked.body) == ("PUT", "/up", "1\n22\n")
    assert asked.params == {"token": "s"}
    assert asked.headers["authorization"] == "Bearer secret-token"
    assert asked.headers["content-type"] == "text/plain"
    assert made.calls == 1


def test_another_host_never_gets_the_key_nor_plain_text(jobs, platform, elsewhere):
    with pytest.raises(Refused, match="not https"):
        jobs().upload(told(platform, elsewhere.url), ["1"])
    assert elsewhere.asked == []


def test_an_address_inside_the_network_is_refused(x, platform):
    made = x.build(links=Guard.of("x", [])).jobs
    with pytest.raises(Refused, match="not public"):
        made.upload(told(platform), ["1"])
    assert platform.asked == []


def test_a_redirect_is_not_followed(jobs, platform, elsewhere, say):
    platform.say(say(status=307, headers={"location": f"{elsewhere.url}/up"}))
    with pytest.raises(Unreachable):
        jobs().upload(told(platform), ["1"])
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, Lapsed),
        (403, Lapsed),
        (404, Lapsed),
        (410, Lapsed),
        (413, Refused),
        (429, RateLimited),
    ],
)
def test_refusals_of_a_signed_address(jobs, platform, say, status, error):
    platform.say(say({}, status))
    with pytest.raises(error) as raised:
        jobs().findings(told(platform))
    assert len(platform.asked) == 1
    assert "token" not in str(raised.value)


@pytest.mark.parametrize("answer", [{"status": 503}, {"fault": "reset"}, {"fault": "cut"}])
def test_passing_faults_of_a_download_are_tried_again(jobs, platform, say, answer):
    body = lines({"id": "1", "action": "delete", "reason": "deleted"})
    platform.say(say(body * 40, **answer), say(body))
    assert jobs().findings(told(platform)).gone == ("1",)
    assert len(platform.asked) == 2


def test_events_of_both_forms():
    found = read_findings(
        lines(
            {"id": "1", "action": "delete", "reason": "deleted"},
            {"id": "2", "action": "delete", "reason": "deactivated"},
            {"id": "3", "action": "delete", "reason": "suspended"},
            {"id": "4", "action": "delete", "reason": "protected"},
            {"id": "5", "action": "delete", "reason": "scrub_geo"},
            {"id": "6", "action": "scrub_geo", "reason": "geo_scrubbed"},
            {
                "id": "7", "action": "rehydrate", "reason": "tweet_edited",
                "redacted_at": "2026-11-19T08:30:00.000Z",
            },
            {"id": "8", "action": "rehydrate", "reason": "tweet_edited", "redacted_at": None},
            {"id": "nonsense", "error": "invalid_id"},
            {"id": "9", "action": "celebrate", "reason": "birthday"},
            {"id": "7", "action": "delete", "reason": "deleted"},
        )
    )  # fmt: skip
    assert found.gone == ("1", "2", "3", "4", "7")
    assert found.changed == {"8": None}
    assert found.unknown == 1


def test_when_an_edit_was_is_read():
    event = {"id": "7", "action": "rehydrate", "redacted_at": "2026-11-19T08:30:00.000Z"}
    assert read_findings(lines(event)).changed == {"7": AT}


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_half_an_answer_is_none(cut):
    body = lines(*({"id": str(n), "action": "delete", "reason": "deleted"} for n in range(3)))
    with pytest.raises(Unreachable, match="cut"):
        read_findings(body[: -cut - 1])


def test_an_answer_without_events_is_that_all_stand():
    assert read_findings(b"").gone == ()


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"[1]\n", b'"x"\n'])
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(Unreachable):
        read_findings(body)


def test_jobs_can_be_switched_off(x):
    assert x.build().jobs is None
