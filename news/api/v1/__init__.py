"""The delivery API (``/api/v1/``): everything public, typed, whole in one request.

One answer is made in two steps, so that the number of queries depends neither on the rows nor on what stands in them: rows
are read with all that hangs on them (``reading/``), while what they point to is noted (``gathering.Wanted``); then each
source is asked once (``gathering.Found``). What an answer may show of the site it asks of :class:`answering.Answer`.
"""
