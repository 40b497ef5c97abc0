import type { Client, ClientOptions, FetchResponse } from "openapi-fetch";
import type { components, paths } from "./schema.js";

/** What the API answers with, by the names of its schemas. */
export type Schemas = components["schemas"];

/** What an address answers with: `Answer<"/api/v1/news/{id}/">`. */
export type Answer<Path extends keyof paths> = paths[Path] extends { get: infer Operation extends Record<string | number, any> }
  ? NonNullable<FetchResponse<Operation, {}, `${string}/${string}`>["data"]>
  : never;

/** A client of the delivery API: `client.GET("/api/v1/news/", { params: { query: { kind: ["report"] } } })`. */
export declare function createNewsroomClient(options: ClientOptions & { baseUrl: string }): Client<paths>;
