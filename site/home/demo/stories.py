"""The five stories, in the order in which they lean on each other."""

from __future__ import annotations

from home.demo.conference import conference, conference_report
from home.demo.meeting import online_meeting
from home.demo.thematic_group import thematic_group_report
from home.demo.visit import study_visit

EVENTS = {"meeting": online_meeting, "conference": conference, "visit": study_visit}
NEWS = {"conference-report": conference_report, "thematic-group": thematic_group_report}
