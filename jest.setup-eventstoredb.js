// The services of this run keep their events in the EventStoreDB server of the test process.
process.env.ACCEPTANCE_STORE = 'eventstoredb';
