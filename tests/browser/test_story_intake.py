"""A text that is pasted from Word, with its table and quote, as an editor lives it."""

from typing import Any

from playwright.sync_api import Page as Tab

from wagtail_newsroom.news.models import NewsPage

PASTE = """(html) => {
  const area = document.querySelector("textarea[name=text]");
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.textContent);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  area.value = data.getData("text/plain");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""
WORD = (
    "<h1>Dzień sąsiada</h1><p class=MsoNormal><b>Sto osób przyszło na plac, aby posadzić drzewa przy szkole.</b></p>"
    "<p class=MsoNormal>Było ciepło.</p><p class=MsoQuote>Było warto.</p>"
    "<table class=MsoTableGrid><tr><td><b>Gatunek</b></td><td><b>Ile</b></td></tr><tr><td>lipa</td><td>2</td></tr></table>"
)


def test_paste_from_word_becomes_a_draft(tree: dict[str, Any], admin_at: Any) -> None:
    tab: Tab = admin_at("/admin/newsroom/intake/news/", "en")
    tab.set_viewport_size({"width": 320, "height": 900})
    tab.evaluate(PASTE, WORD)
    tab.locator("form[data-nr-bring] button[type=submit]").click()
    tab.wait_for_selector(".nr-story")
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    tab.locator(".nr-story__part--quote input[name$=who]").fill("Anna Lis")
    tab.locator(".nr-review__end button[type=submit]").click()
    tab.wait_for_url("**/edit/**")

    news = NewsPage.objects.get()
    assert (news.title, news.lead[:9]) == ("Dzień sąsiada", "Sto osób ")
    assert [block.block_type for block in news.body] == ["paragraph", "quote", "table"]
    assert news.body[1].value["who"] == "Anna Lis"
    assert [column["heading"] for column in news.body[2].value.columns] == ["Gatunek", "Ile"]
