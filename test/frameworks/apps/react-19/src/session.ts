/** Where the credits API is: modules from npm cannot know. */
export const API = "http://localhost:4000";

/** Asks our own server, which knows who is logged in and may see this workspace. */
export async function fetchSession(workspace: string): Promise<{ token: string; expiresAt: string }> {
  const response = await fetch(`/credits-session?workspace=${workspace}`, { method: "POST" });
  if (!response.ok) throw new Error(`There is no session for ${workspace}`);
  return response.json();
}
