"""The newsroom's menu: its items and their order."""
