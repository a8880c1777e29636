type Listener<Message> = (message: Message) => void;

/** Functions that are called with every message, in the order in which they subscribed. They must not throw. */
export class Listeners<Message> {
  /** Replaced and never changed: a listener may subscribe or unsubscribe while a message is published. */
  private subscribed: readonly { readonly call: Listener<Message> }[] = [];

  /** Returns the function that ends the subscription. */
  subscribe(call: Listener<Message>): () => void {
    // An object for each, so that the same function may subscribe twice.
    const subscription = { call };
    this.subscribed = [...this.subscribed, subscription];
    return () => {
      this.subscribed = this.subscribed.filter((other) => other !== subscription);
    };
  }

  publish(message: Message): void {
    for (const { call } of this.subscribed) call(message);
  }
}
