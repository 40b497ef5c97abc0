"""Comparing two versions: what they refer to is named to those who may see it."""

from typing import Any

from django.db import models
from wagtail.admin.compare import (
    BaseSequenceBlockComparison,
    ForeignObjectComparison,
    M2MFieldComparison,
    TextDiff,
    comparison_class_registry,
    register_comparison_class,
)

from wagtail_newsroom.news import naming


class SeenRow:
    """A comparison of two rows, of which its reader may not see one."""

    # What the comparison it is mixed into brings.
    val_a: Any
    val_b: Any
    get_objects: Any

    def htmldiff(self) -> Any:
        user = naming.reader()
        rows = self.get_objects()
        if not any(row is not None and naming.is_unseen(row, user) for row in rows):
            return super().htmldiff()  # type: ignore[misc]  # the comparison's
        before, after = ("" if row is None else naming.title_for(row, user) for row in rows)
        changes = [("deletion", before), ("addition", after)] if self.val_a != self.val_b else [("equal", after)]
        return TextDiff([change for change in changes if change[1]]).to_html()


class SeenObjectComparison(SeenRow, ForeignObjectComparison):
    """Of a field that names a row."""


class SeenRowsComparison(M2MFieldComparison):
    """Of a field that names several."""

    def get_item_display(self, item: Any) -> str:
        return naming.title_for(item, naming.reader())


def register_comparisons() -> None:
    """Around every comparison that an app has registered for the rows of a model, and for all others."""
    for model, comparison in list(comparison_class_registry.values_by_fk_related_model.items()):
        if isinstance(comparison, type) and issubclass(comparison, ForeignObjectComparison):
            register_comparison_class(models.ForeignKey, to=model, comparison_class=_with(SeenRow, comparison))
    if models.Model not in comparison_class_registry.values_by_fk_related_model:
        register_comparison_class(models.ForeignKey, to=models.Model, comparison_class=SeenObjectComparison)
    register_comparison_class(models.ManyToManyField, comparison_class=SeenRowsComparison)


def of_what_is_seen(comparison: type) -> type:
    """``comparison`` of a block, silent about what its reader may not see."""
    return _with(SeenBlock, comparison)


def _with(part: type, comparison: type) -> type:
    """``comparison`` with ``part`` before it, once."""
    return comparison if issubclass(comparison, part) else type(f"Seen{comparison.__name__}", (part, comparison), {})


class SeenBlock:
    """A comparison of a block that refers to something its reader may not see."""

    # What the comparison it is mixed into brings.
    block: Any
    val_a: Any
    val_b: Any

    def htmlvalue(self, value: Any) -> Any:
        return str(naming.UNSEEN) if self._is_unseen(value) else super().htmlvalue(value)  # type: ignore[misc]  # as above

    def htmldiff(self) -> Any:
        has_parts = isinstance(self, BaseSequenceBlockComparison)  # they ask for themselves
        if has_parts or not (self._is_unseen(self.val_a) or self._is_unseen(self.val_b)):
            return super().htmldiff()  # type: ignore[misc]  # the comparison's
        changes = [("deletion", self.val_a), ("addition", self.val_b)]
        return TextDiff([(kind, str(self.htmlvalue(value))) for kind, value in changes if value]).to_html()

    def _is_unseen(self, value: Any) -> bool:
        named = {naming.named(*each[:2]) for each in self.block.extract_references(value)} if value else set()
        return bool(named and naming.unseen(named, naming.reader()))
