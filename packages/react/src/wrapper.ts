import type { EventName } from "@lit/react";
import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from "react";

/** What a component takes: the properties of its element, listeners, and what every element of HTML takes. */
export type WrapperProps<Element extends HTMLElement, Own extends keyof Element, Listeners> = Listeners &
  Partial<Pick<Element, Own>> &
  Omit<HTMLAttributes<Element>, Own | keyof Listeners>;

/** A component for one element; a ref to it is the element. */
export type Wrapper<Element extends HTMLElement, Props> = ForwardRefExoticComponent<
  Props & RefAttributes<Element>
>;

/** The name of an event, of which the compiler knows the class. */
export function named<Told extends Event>(name: string): EventName<Told>;
export function named(name: string): string {
  return name;
}

/**
 * The class by which a component tells properties from attributes. On a server nothing is defined, so that no class has
 * its properties yet, and React would write them into the page as attributes that nobody reads, session tokens among them:
 * there it is a stand-in that has them.
 */
export function withProperties<Class extends object>(element: Class): Class;
export function withProperties(element: object): object {
  if ("document" in globalThis) return element;
  return { prototype: Object.fromEntries(propertiesOf(element).map((name) => [name, undefined])) };
}

/** The properties that a class and those above it declare. */
function propertiesOf(element: object): string[] {
  const { properties }: { properties?: object } = element;
  const above: unknown = Object.getPrototypeOf(element);
  return [
    ...(properties ? Object.keys(properties) : []),
    ...(typeof above === "function" ? propertiesOf(above) : []),
  ];
}
