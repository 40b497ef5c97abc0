"""Signals of the newsroom: for apps that want to listen, and for models, which never call the rooms above them.

Public: other apps may import from here.
"""

from django.dispatch import Signal

# Sent after the groups, permissions and the workflow were set up. Arguments: ``groups``.
newsroom_set_up = Signal()

# Sent after a document was stored whose file took too long to read to its end. Arguments: ``document``.
document_read_in_part = Signal()
# Sent once a transaction is committed that wrote something the public can see. Arguments: ``using`` (the database),
# ``tables`` (names; more than those where a part was rolled back). What a receiver raises is logged.
public_write = Signal()
# Sent inside the transaction in which a photo is withdrawn. Arguments: ``urls`` (of its original and of its sizes).
pictures_withdrawn = Signal()
# Sent inside the transaction once a news item, an event or a host's type on ``NewsroomPage`` is stored with all its rows, topics
# and projects; Django's ``post_save`` comes before these. Arguments: ``page``.
story_stored = Signal()
