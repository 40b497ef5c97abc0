/**
 * A site of plain files, made from the API alone: one request for each page, and after that only what `changes/` names.
 *
 * What is kept between two runs is the cursor, the paths of the pages, and nothing else.
 */

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Api, Page } from "./api.js";
import { gone, list, page, redirect, type Surroundings } from "./pages.js";

interface State {
  cursor: string;
  paths: string[];
}

export interface Report {
  /** Paths whose files were written or taken away. */
  rebuilt: string[];
  requests: number;
  pages: number;
  whole: boolean;
}

export class Builder {
  private state: State = { cursor: "", paths: [] };
  private around!: Surroundings;
  private lists = new Map<string, Page>();

  constructor(
    private readonly api: Api,
    private readonly folder: string,
  ) {}

  /** Build every page. The cursor is taken first: what changes meanwhile is told by the next `changes/`. */
  async buildAll(): Promise<Report> {
    const before = this.api.requests;
    const { cursor } = await this.api.changes("");
    await this.lookAround();
    const paths = await this.api.paths();
    await rm(this.folder, { recursive: true, force: true });
    for (const path of paths) await this.build(path);
    this.state = { cursor, paths: [...paths].sort() };
    await this.remember();
    return { rebuilt: [...paths], requests: this.api.requests - before, pages: paths.length, whole: true };
  }

  /** Build what changed since the last time. */
  async update(): Promise<Report> {
    const before = this.api.requests;
    const affected = new Set<string>();
    let whole = false;
    for (let more = true; more; ) {
      const found = await this.api.changes(this.state.cursor);
      for (const event of found.events) for (const path of event.affects) path === "*" ? (whole = true) : affected.add(path);
      this.state.cursor = found.cursor;
      more = found.more;
    }
    const known = new Set(this.state.paths);
    if (whole) {
      await this.lookAround();
      for (const path of [...known, ...(await this.api.paths())]) affected.add(path);
    }
    for (const path of affected) (await this.build(path)) ? known.add(path) : known.delete(path);
    this.state.paths = [...known].sort();
    await this.remember();
    return { rebuilt: [...affected].sort(), requests: this.api.requests - before, pages: known.size, whole };
  }

  /** Write what lives at `path`, or take its file away; tells whether there is something to read. */
  private async build(path: string): Promise<boolean> {
    const file = this.file(path);
    const written = await this.written(path);
    if (written === null) {
      await rm(file, { force: true });
      return false;
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, written);
    return true;
  }

  /** The page at `path`: one request, whatever stands on it. */
  private async written(path: string): Promise<string | null> {
    const index = this.lists.get(path);
    if (index) return list(index, await this.api.listed(index), this.around);
    const found = await this.api.atPath(path);
    if (found === null) return null;
    if ("redirect" in found) return redirect(found.redirect.to, this.around);
    if ("gone" in found) return gone(found.gone.title, found.gone.reason, this.around);
    return page(found, this.around);
  }

  /** What every page shows, and which pages are lists: two requests for the whole site. */
  private async lookAround(): Promise<void> {
    this.around = { site: await this.api.site() };
    this.lists = await this.api.indexes();
  }

  private file(path: string): string {
    return join(this.folder, ...path.split("/").filter(Boolean), "index.html");
  }

  private async remember(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(join(this.folder, "state.json"), JSON.stringify(this.state));
  }

  async resume(): Promise<void> {
    this.state = JSON.parse(await readFile(join(this.folder, "state.json"), "utf-8")) as State;
    await this.lookAround();
  }
}
