"""The static twin: all that is public as files, from which a web server answers while everything behind it is down."""
