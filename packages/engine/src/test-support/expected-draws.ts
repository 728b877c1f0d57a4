import type { Draw, Entry } from "../pool/types.ts";
import type { Account, Book } from "./journal.ts";
import { byRows, rankInBurnOrder } from "./reference-model.ts";

/** What an entry must draw where the burn order says so, by the book before it; nothing where it does not. */
export function expectedDraws(book: Book, { type, hold, delta }: Entry): Draw[] | undefined {
  const accounts = inBurnOrder(book);
  const parts = hold && book.holds.get(hold.key)?.parts;
  const reservedOf = ({ terms }: Account) => parts?.get(terms.key) ?? 0n;
  const freeOf = ({ remaining, held }: Account) => remaining - held;
  switch (type) {
    case "consumed": {
      const { shares: held, missing } = shareOut(accounts, reservedOf, -delta);
      const { shares: free } = shareOut(accounts, freeOf, missing);
      return accounts.flatMap((account) => {
        const heldChange = -(held.get(account) ?? 0n);
        return drawOf(account, heldChange - (free.get(account) ?? 0n), heldChange);
      });
    }
    case "hold_placed": {
      const { shares } = shareOut(accounts, freeOf, hold?.placed?.amount ?? 0n);
      return accounts.flatMap((account) => drawOf(account, 0n, shares.get(account) ?? 0n));
    }
    case "hold_released":
      return accounts.flatMap((account) => drawOf(account, 0n, -reservedOf(account)));
    default:
      return undefined;
  }
}

function inBurnOrder({ grants }: Book): Account[] {
  return [...grants.values()]
    .map((account) => ({ account, rank: rankInBurnOrder({ ...account.terms, created: account.terms.key }) }))
    .sort((left, right) => byRows(left.rank, right.rank))
    .map(({ account }) => account);
}

/** Takes an amount of the accounts, of each as much as it has, until there is enough. */
function shareOut(accounts: readonly Account[], has: (account: Account) => bigint, amount: bigint) {
  let missing = amount;
  const shares = new Map<Account, bigint>();
  for (const account of accounts) {
    const share = has(account) < missing ? has(account) : missing;
    shares.set(account, share);
    missing -= share;
  }
  return { shares, missing };
}

function drawOf({ terms }: Account, amount: bigint, heldChange: bigint): Draw[] {
  return amount === 0n && heldChange === 0n ? [] : [{ grantKey: terms.key, amount, heldChange }];
}
