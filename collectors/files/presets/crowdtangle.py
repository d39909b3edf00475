"""CrowdTangle's CSV, which Meta ended in August 2024 and which many an archive still holds.

`Post Created` bears its zone (`2023-10-03 14:12:08 CEST`). Its only id is the link, kept as a hash.
"""

from typing import Final

from collectors.files.presets.base import Columns, Preset

_BOTH: Final[Columns] = {
    "id": "URL",
    "created_at": "Post Created",
    "followers": "Followers at Posting",
    "likes": "Likes",
    "replies": "Comments",
}
PRESETS: Final = (
    Preset(
        "crowdtangle-facebook",
        "CrowdTangle, Facebook",
        ("Facebook Id", "Post Created", "URL"),
        {
            **_BOTH,
            "text": "Message+Image Text+Link Text+Description",
            "author_id": "Facebook Id",
            "author": "User Name|Page Name|Group Name",
            "likes": "Likes+Love+Wow+Haha+Sad+Angry+Care",
            "reposts": "Shares",
            "views": "Post Views",
        },
        {"platform": "facebook"},
        time_zone="UTC",
    ),
    Preset(
        "crowdtangle-instagram",
        "CrowdTangle, Instagram",
        ("Account", "Post Created", "URL"),
        {
            **_BOTH,
            "text": "Description+Image Text",
            "author": "User Name|Account",
            "views": "Views",
        },
        {"platform": "instagram"},
        absent=("Facebook Id",),
        time_zone="UTC",
    ),
)
