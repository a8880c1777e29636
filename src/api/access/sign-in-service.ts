import type { SignIn } from './sign-in.js';

/** Where people sign in; closed where no identity provider is set for it. */
export class SignInService {
  constructor(readonly signIn: SignIn | null) {}
}
