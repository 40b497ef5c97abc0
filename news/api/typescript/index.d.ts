import type { Client, ClientOptions } from "openapi-fetch";
import type { components, paths } from "./schema";

/** What the API answers with, by the names of its schemas. */
export type Schemas = components["schemas"];

/** A client of the delivery API: `client.GET("/api/v1/news/", { params: { query: { kind: ["report"] } } })`. */
export declare function createNewsroomClient(options: ClientOptions & { baseUrl: string }): Client<paths>;
