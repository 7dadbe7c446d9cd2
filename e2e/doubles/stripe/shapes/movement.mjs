/** Movements of a balance. */

/**
 * A movement of our balance, or of a connected account's.
 * @param {{type: string, category?: string, amount: number, fee?: number, currency: string, source: string,
 *   description?: string | null, clock?: string | null, account?: string | null, availableOn?: number}} movement
 */
export function newMovement(world, movement) {
    const created = world.now(movement.clock);
    const fee = movement.fee ?? 0;
    return world.add({
        id: world.id('txn'),
        object: 'balance_transaction',
        amount: movement.amount,
        available_on: movement.availableOn ?? created,
        balance_type: 'payments',
        created,
        currency: movement.currency,
        description: movement.description ?? null,
        exchange_rate: null,
        fee,
        fee_details:
            fee === 0
                ? []
                : [
                      {
                          amount: fee,
                          application: null,
                          currency: movement.currency,
                          description: 'Stripe processing fees',
                          type: 'stripe_fee',
                      },
                  ],
        net: movement.amount - fee,
        reporting_category: movement.category ?? movement.type,
        source: movement.source,
        status: (movement.availableOn ?? created) > created ? 'pending' : 'available',
        type: movement.type,
        $clock: movement.clock ?? null,
        $account: movement.account ?? null,
    });
}
