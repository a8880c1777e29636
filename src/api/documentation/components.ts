/** Named schemas as components of the document: wherever one stands, a reference to it is put. */
import type { JsonSchema } from '../../contract/schema.js';

/** Keywords that say how a schema becomes a component. */
const ofComponents: readonly string[] = ['$id', 'component'];

type Written = Readonly<Record<string, unknown>>;

/** Gathers the components that the schemas of a document are made of. */
export class SchemaComponents {
  private readonly known = new Map<string, { readonly schema: JsonSchema; readonly written: Written }>();

  /** In the order of their names. */
  get all(): Readonly<Record<string, Written>> {
    const entries = [...this.known].sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries.map(([name, { written }]) => [name, written]));
  }

  /** @throws where two schemas have one name */
  written(schema: JsonSchema): Written {
    const component = schema.component ?? schema;
    if (component.$id === undefined) return this.inPlace(schema);
    this.add(component.$id, component);
    const reference = { $ref: `#/components/schemas/${component.$id}` };
    return schema.component === undefined ? reference : { ...reference, description: schema.description };
  }

  private add(name: string, schema: JsonSchema): void {
    const known = this.known.get(name);
    if (known === undefined) {
      this.known.set(name, { schema, written: {} });
      this.known.set(name, { schema, written: this.inPlace(schema) });
    } else if (known.schema !== schema) {
      throw new Error(`Two schemas are named ${name}.`);
    }
  }

  private inPlace(schema: JsonSchema): Written {
    const { items, contentSchema, properties, additionalProperties, anyOf, oneOf } = schema;
    const rest = Object.entries(schema).filter(([keyword]) => !ofComponents.includes(keyword));
    const all = (schemas: readonly JsonSchema[]): readonly Written[] =>
      schemas.map((one) => this.written(one));
    return {
      ...Object.fromEntries(rest),
      ...(items === undefined ? {} : { items: this.written(items) }),
      ...(contentSchema === undefined ? {} : { contentSchema: this.written(contentSchema) }),
      ...(properties === undefined
        ? {}
        : {
            properties: Object.fromEntries(
              Object.entries(properties).map(([name, one]) => [name, this.written(one)]),
            ),
          }),
      ...(additionalProperties === undefined
        ? {}
        : {
            additionalProperties:
              typeof additionalProperties === 'boolean'
                ? additionalProperties
                : this.written(additionalProperties),
          }),
      ...(anyOf === undefined ? {} : { anyOf: all(anyOf) }),
      ...(oneOf === undefined ? {} : { oneOf: all(oneOf) }),
    };
  }
}
