"""What reaches the site from outside: who sends it, how often, how much at once, and from which page.

Public: other apps may import from here.
"""
