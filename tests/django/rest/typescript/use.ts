// A use of the API that must compile, with mistakes that must not: each is expected by the line above it.

import createClient from "openapi-fetch";
import type { components, paths } from "./api";

type Schemas = components["schemas"];

const client = createClient<paths>({ baseUrl: "https://example.org" });

// ---- writing ----

export async function plant(): Promise<number> {
  const { data, error } = await client.POST("/api/groves/", {
    body: { kind: "oak", attrs: { height: "12.5", health: "good", seen: "2024-02-29" } },
  });
  await client.POST("/api/groves/", { body: { kind: "red pine", attrs: { cones: [3, 4], health: null } } });
  await client.POST("/api/groves/", { body: { kind: "red pine" } });

  // @ts-expect-error an oak has a height
  await client.POST("/api/groves/", { body: { kind: "oak", attrs: { health: "good" } } });
  // @ts-expect-error and has to say what it is
  await client.POST("/api/groves/", { body: { kind: "oak" } });
  // @ts-expect-error a decimal is a text
  await client.POST("/api/groves/", { body: { kind: "oak", attrs: { height: 12.5 } } });
  // @ts-expect-error an oak has no cones
  await client.POST("/api/groves/", { body: { kind: "oak", attrs: { height: "1", cones: [3, 4] } } });
  // @ts-expect-error cones are numbers
  await client.POST("/api/groves/", { body: { kind: "red pine", attrs: { cones: ["3"] } } });
  // @ts-expect-error there is no such choice
  await client.POST("/api/groves/", { body: { kind: "red pine", attrs: { health: "fine" } } });
  // @ts-expect-error a retired choice is not offered any more
  await client.POST("/api/groves/", { body: { kind: "red pine", attrs: { health: "gone" } } });
  // @ts-expect-error there is no such kind
  await client.POST("/api/groves/", { body: { kind: "yew", attrs: {} } });

  if (error !== undefined) {
    const refused: Schemas["AttributeErrors"] = error;
    throw new Error(JSON.stringify(refused));
  }
  return data.id;
}

export async function change(id: number, tag: string): Promise<void> {
  const params = { path: { id }, header: { "If-Match": tag } };
  const ill: Schemas["PatchedGroveRequest"] = { attrs: { health: "bad" } };
  await client.PATCH("/api/groves/{id}/", { params, body: ill });
  await client.PATCH("/api/groves/{id}/", { params: { path: { id } }, body: {} });
}

// @ts-expect-error what has to be there is not null
export const withoutHeight: Schemas["PatchedGroveRequest"] = { attrs: { height: null } };
// @ts-expect-error there is no such attribute
export const withDepth: Schemas["PatchedGroveRequest"] = { attrs: { depth: 1 } };

// ---- flattened ----

export async function plantFlat(): Promise<void> {
  await client.POST("/api/flat/", { body: { kind: "oak", height: "12.5" } });
  await client.POST("/api/flat/", { body: { kind: "red pine", cones: [3, 4], health: "good" } });
  // @ts-expect-error an oak has a height
  await client.POST("/api/flat/", { body: { kind: "oak" } });
  // @ts-expect-error an oak has no cones
  await client.POST("/api/flat/", { body: { kind: "oak", height: "1", cones: [3, 4] } });
}

// ---- reading ----

export function height(tree: Schemas["Grove"]): string | null | undefined {
  if (tree.kind === "oak") {
    return tree.attrs.height;
  }
  const cones: number[] | null | undefined = tree.attrs.cones;
  // @ts-expect-error only oaks have one
  return cones === null ? tree.attrs.height : undefined;
}

export function isGone(tree: Schemas["Grove"]): boolean {
  return tree.attrs.health === "gone";
}

// @ts-expect-error what is read may be older than the rule that demands it
export const certain = (tree: Schemas["Grove_kind_oak"]): string => tree.attrs.height;

// ---- asking ----

export async function ask(): Promise<number> {
  await client.GET("/api/trees/", { params: { query: { "attrs.height__gte": "3", ordering: ["-attrs.height"] } } });
  // @ts-expect-error there is no such attribute
  await client.GET("/api/trees/", { params: { query: { "attrs.depth__gte": "3" } } });
  // @ts-expect-error nor is there such an order
  await client.GET("/api/trees/", { params: { query: { ordering: ["attrs.depth"] } } });
  const { data } = await client.GET("/api/trees/facets/", { params: { query: { facets: ["attrs.health"] } } });
  return data?.["attrs.health"]?.values[0]?.count ?? 0;
}

export async function tryOut(): Promise<string[]> {
  const { data } = await client.POST("/api/trees/schema/validate/", {
    params: { query: { kind: "oak" } },
    body: { attribute: "height", value: "200" },
  });
  return data?.problems.map((problem) => `${problem.path.join(".")}: ${problem.message}`) ?? [];
}

export async function describe(): Promise<string[]> {
  const { data } = await client.GET("/api/trees/schema/", { params: { query: { kind: "oak" } } });
  // The same address answers with JSON Schema where it is asked for that.
  return data !== undefined && "attributes" in data ? data.attributes.map((attribute) => attribute.key ?? "") : [];
}
