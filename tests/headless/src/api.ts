/** What is asked of the API: types and addresses come from its document. */

import { createNewsroomClient, type Answer, type Schemas } from "wagtail-newsroom-client";

/** Every whole item that can live at an address. */
export type AtPath = Answer<"/api/v1/by-path/">;
export type Item = Extract<AtPath, { type: string }>;
export type NewsItem = Extract<Item, { type: "news" }>;
export type EventItem = Extract<Item, { type: "event" }>;
export type GalleryItem = Extract<Item, { type: "gallery" }>;
export type Site = Answer<"/api/v1/site/">;
export type Changes = Answer<"/api/v1/changes/">;
export type Block = NewsItem["body"][number];
export type Image = Schemas["Image"];
export type Attachment = Schemas["Attachment"];
export type PageLink = Schemas["PageLink"];

export class FullSyncNeeded extends Error {}

const LISTS = ["/api/v1/news/", "/api/v1/events/", "/api/v1/galleries/", "/api/v1/pages/"] as const;
/** An item of a list that was not asked for some of its fields only. */
type Whole<T> = Extract<T, { id: number; title: string }>;
export type ListedItem = Whole<Answer<"/api/v1/news/" | "/api/v1/events/" | "/api/v1/galleries/">["items"][number]>;
export type Page = Whole<Answer<"/api/v1/pages/">["items"][number]>;

/** What stands in the list at an address of this kind, latest first. */
const LISTED = { news_index: "/api/v1/news/", event_index: "/api/v1/events/", gallery_index: "/api/v1/galleries/" } as const;

export class Api {
  readonly client;
  /** How many requests were made. */
  requests = 0;

  constructor(baseUrl: string) {
    this.client = createNewsroomClient({ baseUrl });
    this.client.use({ onRequest: () => void (this.requests += 1) });
  }

  async site(): Promise<Site> {
    const { data, response } = await this.client.GET("/api/v1/site/", {});
    return data ?? fail(response);
  }

  /** What lives at `path`; null where there is nothing. */
  async atPath(path: string): Promise<AtPath | null> {
    const { data, response } = await this.client.GET("/api/v1/by-path/", { params: { query: { path } } });
    return data ?? (response.status === 404 ? null : fail(response));
  }

  /** Addresses of all pages, and those that lead elsewhere or are gone: a request for each hundred. */
  async paths(): Promise<string[]> {
    const found: string[] = [];
    let redirects: string | null = "";
    while (redirects !== null) {
      const query = redirects ? { cursor: redirects } : {};
      const { data, response } = await this.client.GET("/api/v1/redirects/", { params: { query } });
      const page: { items: { old_path: string }[]; next: string | null } = data ?? fail(response);
      for (const { old_path } of page.items) found.push(old_path);
      redirects = page.next && new URL(page.next).searchParams.get("cursor");
    }
    for (const list of LISTS) {
      let cursor: string | null = "";
      while (cursor !== null) {
        const query = { limit: 100, count: false, order: "id" as const, fields: ["path" as const], ...(cursor ? { cursor } : {}) };
        const { data, response } = await this.client.GET(list, { params: { query } });
        const page: { items: { path?: string }[]; next: string | null } = data ?? fail(response);
        for (const { path } of page.items) if (path) found.push(path);
        cursor = page.next && new URL(page.next).searchParams.get("cursor");
      }
    }
    return found;
  }

  /** The pages that are lists, by their addresses. */
  async indexes(): Promise<Map<string, Page>> {
    const { data, response } = await this.client.GET("/api/v1/pages/", {
      params: { query: { kind: [...(Object.keys(LISTED) as (keyof typeof LISTED)[])], limit: 100, count: false } },
    });
    const pages = (data ?? fail(response)).items as Page[];
    return new Map(pages.map((page) => [page.path, page]));
  }

  /** What the list `page` shows: one request. */
  async listed(page: Page): Promise<ListedItem[]> {
    const query = { locale: page.locale, limit: 20, count: false };
    const { data, response } = await this.client.GET(LISTED[page.kind as keyof typeof LISTED], { params: { query } });
    return (data ?? fail(response)).items as ListedItem[];
  }

  async changes(since: string): Promise<Changes> {
    const { data, error, response } = await this.client.GET("/api/v1/changes/", { params: { query: { since } } });
    if (error && "code" in error && error.code === "full_sync") throw new FullSyncNeeded();
    return data ?? fail(response);
  }
}

export function fail(response: Response): never {
  throw new Error(`${response.url} answered ${response.status}`);
}
