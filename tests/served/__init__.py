"""The real server, asked over HTTP: starting it, asking each of its workers, an editor beside it, and a day's mixed load."""
