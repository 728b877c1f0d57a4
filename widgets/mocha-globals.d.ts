/** The part of mocha's globals that element tests use; web-test-runner brings mocha itself, without types. */
type TestBody = () => void | Promise<void>;

declare function describe(title: string, body: () => void): void;
declare function it(title: string, body: TestBody): void;
declare function before(body: TestBody): void;
declare function after(body: TestBody): void;
declare function beforeEach(body: TestBody): void;
declare function afterEach(body: TestBody): void;
