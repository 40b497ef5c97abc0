"""Signing in with a second factor: a code from an app on the phone, or a recovery code.

Everybody who works in the admin may switch it on; ``REQUIRE_TWO_FACTOR`` makes it a duty. django-otp keeps the devices,
checks the codes and slows down who guesses; this package has the pages, and the gate that stands before everything else.
"""
