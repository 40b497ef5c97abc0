import createClient from "openapi-fetch";

/**
 * A client of the delivery API. Lists in a query are written with commas, as the API takes them.
 *
 * @param {import("openapi-fetch").ClientOptions & { baseUrl: string }} options
 */
export function createNewsroomClient(options) {
  return createClient({ querySerializer: { array: { style: "form", explode: false } }, ...options });
}
