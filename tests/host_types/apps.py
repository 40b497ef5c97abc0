from django.apps import AppConfig


class HostTypesConfig(AppConfig):
    name = "tests.host_types"
    label = "host_types"
    default_auto_field = "django.db.models.BigAutoField"
