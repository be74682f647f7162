import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { type Problem, problemFrom } from '../api/http.ts';
import { signIn } from '../api/session.ts';
import { SESSION } from '../app/App.tsx';
import mark from '../app/mark.svg';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import styles from './SignInPage.module.css';

/** A refusal at the door does not say which of the two was wrong; neither do we. */
const shown = (problem: Problem): Problem =>
  problem.status === 401
    ? { ...problem, title: 'Not signed in', detail: 'The name or the password is wrong.' }
    : problem;

export function SignInPage() {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const entering = useMutation({
    mutationFn: () => signIn(name, password),
    onSuccess: () => queries.invalidateQueries({ queryKey: SESSION }),
    onError: () => setPassword(''),
  });

  useEffect(() => {
    document.title = 'Sign in · Meseta';
  }, []);

  const enter = (event: FormEvent): void => {
    event.preventDefault();
    if (name !== '' && password !== '') entering.mutate();
  };

  return (
    <main className={styles.door}>
      <form className={styles.form} onSubmit={enter} aria-labelledby="sign-in">
        <div className={styles.name}>
          <img src={mark} alt="" width={26} height={26} />
          <h1 id="sign-in">Sign in to Meseta</h1>
        </div>
        <TextInput
          label="Name"
          size="sm"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {entering.error !== null && <ProblemNote problem={shown(problemFrom(entering.error))} />}
        <Button type="submit" size="sm" variant="filled" loading={entering.isPending}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
