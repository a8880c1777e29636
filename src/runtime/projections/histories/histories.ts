import {
  historyOfConsoles,
  type ConsoleHistoryState,
} from '../../../../projections/histories/console-fold.js';
import { historyOfPair, type HistoryState } from '../../../../projections/histories/fold.js';
import { HistoryBook, type LogOfHistories } from './history-book.js';
import { ShortWay, type Ways } from './short-way.js';

/** What happened, in the order in which it did. */
export class Histories {
  /** Of each pair and its calls. */
  readonly pairs: HistoryBook<HistoryState>;
  /** Of all pairs and all agents together, under the empty key. */
  readonly consoles: HistoryBook<ConsoleHistoryState>;

  /** To a state of a pair that is not in memory. */
  readonly shortWay: ShortWay;

  constructor(log: LogOfHistories & Ways) {
    this.shortWay = new ShortWay(log);
    this.pairs = new HistoryBook(historyOfPair, log);
    this.consoles = new HistoryBook(historyOfConsoles, log);
  }
}
