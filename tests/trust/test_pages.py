"""Nothing of a hidden page gets out by way of another: of the page above that was taken down. See test_hidden.py."""

from django.test import Client
from wagtail.models import Page

from tests.trust.doors import address_of, ask_all, leaks
from tests.trust.hiding import WORD
from tests.trust.planting import Planter, World, page_types


def test_l1_child_of_unpublished_page_does_not_name_it(world: World, stranger: Client) -> None:
    planter, child = Planter(world, WORD), Planter(world, "zqdziecko")
    children = []
    for model in page_types():
        for parent_model in page_types():
            if parent_model in model.allowed_parent_page_models() and parent_model is not world.tree["home"].__class__:
                parent = planter.page(parent_model)
                children.append(child.page(model, parent=parent))
                parent.refresh_from_db()
                parent.unpublish()

    own = [address for page in children for address in (address_of(page), *_api(page))]
    answers = ask_all(stranger, own)

    assert {answer.status for answer in answers.values()} == {200}
    assert leaks(answers.values(), f"{WORD} tytuł") == []


def _api(page: Page) -> list[str]:
    return [f"/api/v2/pages/{page.pk}/", f"/api/v3-preview/pages/{page.pk}/"]
