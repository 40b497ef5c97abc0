"""The order of the newsroom's menu, and how to join it.

A viewset joins with ``menu_hook = SUBMENU_HOOK`` and a ``menu_order``; so does any function that returns a
``MenuItem`` and is registered under that hook.

Public: other apps may import from here.
"""

SUBMENU_HOOK = "register_newsroom_menu_item"

DESK = 0
# Then the lists of pages: 1, 2, 3 …
INTAKE = 20
FILES, PHOTOS, REGISTERS = 30, 31, 32
BUNDLES, SCHEDULE = 40, 41
REVIEWS, STALE, FIGURES, MISSED = 50, 51, 52, 53
REQUESTS = 60
WEBHOOKS = 70
