"""Files that a site's settings use (a logo, terms in the footer): public, as the settings are.

Wagtail's reference index knows pages and snippets, and no settings: to the newsroom a logo looked like a picture that
nobody offers. So settings are read into it, by Wagtail's own door: at each save, and after each ``migrate`` those that are
there already.
"""

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, DatabaseError, models, transaction
from django.db.models.signals import post_migrate
from wagtail.contrib.settings.registry import registry
from wagtail.models import ReferenceIndex

_read_by_us: list[type[models.Model]] = []


def read_settings(label: str) -> None:
    """Have the references of settings read as long as the app ``label`` has tables. Call it in ``AppConfig.ready()``."""
    for model in registry:
        if model not in ReferenceIndex.indexed_models and ReferenceIndex.model_is_indexable(model):
            ReferenceIndex.register_model(model)
            _read_by_us.append(model)
    post_migrate.connect(partial(_follow, label), dispatch_uid="newsroom_settings", weak=False)


def read_stored_settings() -> None:
    """Read the settings that are stored. A model whose table is of an earlier day is passed over: its migration comes here again."""
    for model in _read_by_us:
        try:
            with transaction.atomic():
                for row in model._default_manager.all():
                    ReferenceIndex.create_or_update_for_object(row)
        except DatabaseError:
            continue


def forget_settings() -> None:
    """Leave the index as Wagtail alone would have it."""
    kinds = {(model._meta.app_label, model._meta.model_name) for model in _read_by_us}
    of_settings = [kind.pk for kind in ContentType.objects.all() if (kind.app_label, kind.model) in kinds]
    ReferenceIndex.objects.filter(base_content_type__in=of_settings).delete()


def _follow(label: str, sender: Any, **kwargs: Any) -> None:
    """Django tells of each app in turn, and of ours too once it has no models any more."""
    state = kwargs.get("apps")
    if sender.label != label or state is None or kwargs["using"] != DEFAULT_DB_ALIAS:
        return
    if label in state.app_configs and list(state.get_app_config(label).get_models()):
        read_stored_settings()
    else:
        forget_settings()
