/** Which pools a list is about, as it is asked. */
export interface PoolQuery {
  readonly creditTypeId?: string | undefined;
  /** Left out: all pools; `none`: the default pool. */
  readonly resourceId?: string | undefined;
}

/** Which pools a list is about, as storage knows them: the default pool's resource is the empty text. */
export function poolFilterOf({ creditTypeId, resourceId }: PoolQuery) {
  return { creditTypeId, resourceId: resourceId === "none" ? "" : resourceId };
}
