import { signal } from "@preact/signals";

const STORED_AS = "fx-key";

/** The key that this tab asks with: kept for the tab (sessionStorage), and sent as a bearer token alone, so that no other site can make use of it. */
export const apiKey = signal<string | null>(sessionStorage.getItem(STORED_AS));
/** Why a key is wanted; null: none is, or the person has said that they have none. */
export const keyWanted = signal<string | null>(null);

let is_declined = false;

export function askForKey(reason: string): void {
  if (!is_declined) keyWanted.value = reason;
}

export function openKeyDialog(): void {
  is_declined = false;
  keyWanted.value = "A key of this installation (fx keys create), or its ADMIN_TOKEN.";
}

export function keepKey(key: string): void {
  sessionStorage.setItem(STORED_AS, key);
  apiKey.value = key;
  keyWanted.value = null;
}

export function forgetKey(): void {
  sessionStorage.removeItem(STORED_AS);
  apiKey.value = null;
}

export function declineKey(): void {
  is_declined = true;
  keyWanted.value = null;
}
