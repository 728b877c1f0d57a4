import type { Scene } from "./scene.ts";

/** A state of an element: a story of its file, and a scene of the tests. */
export interface Story {
  /** Puts the element into a place, in place of what is there, and ends when it is drawn. */
  readonly put: Scene["put"];
}

/** A file of stories, as a module: the element is its default export's `component`. */
interface Stories {
  readonly default: { readonly component: string };
}

/** In the order in which they were made, which is that of their file: modules forget it. */
const made = new Map<unknown, number>();

/** Makes a story that is a scene, too. Each is exported by its name, which Storybook reads without running the file. */
export function story(put: Scene["put"]): Story {
  const told: Story = { put };
  made.set(told, made.size);
  return told;
}

/** Whether an export of a file of stories is one of the element's designed states; others are for playing. */
export function isStory(exported: unknown): exported is Story {
  return made.has(exported);
}

/** The scenes that a file's stories are, in its order. */
export function scenesOf(stories: Stories): Scene[] {
  return Object.entries(stories)
    .filter((entry): entry is [string, Story] => isStory(entry[1]))
    .sort(([, one], [, other]) => (made.get(one) ?? 0) - (made.get(other) ?? 0))
    .map(([name, { put }]) => ({ element: stories.default.component, name: kebab(name), put }));
}

/** `TopUpPending` as it stands in a file's name. */
const kebab = (name: string) => name.replace(/(?!^)[A-Z]/g, (sign) => `-${sign}`).toLowerCase();
