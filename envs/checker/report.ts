import { CHECKS, type CheckName, type Severity } from './checks.ts';

/** Something that a check found. */
export interface Finding {
  /** Which check found it. */
  readonly check: CheckName;
  readonly severity: Severity;
  /** When, or in which part: `reset`, `step 17 of episode 3`, `observationSpace`. */
  readonly where: string;
  /** What is wrong. */
  readonly message: string;
  /** What would be right. */
  readonly fix: string;
}

/** A check that could not run. */
export interface SkippedCheck {
  readonly check: CheckName;
  readonly why: string;
}

/** What a check of an env gives; JSON. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedCheck[];
}

/** Where something runs: a name, or something that knows its place as it goes on. */
export type Place = string | { readonly where: string };

/** At most so many findings of one check: the first ones tell what is wrong. */
const MOST_FINDINGS = 3;

/** Gathers findings, and turns what a broken env throws into some. */
export class Report implements CheckReport {
  readonly findings: Finding[] = [];
  readonly skipped: SkippedCheck[] = [];

  /** Notes a finding; further ones of a check that has three are dropped. */
  add(check: CheckName, place: Place, message: string): void {
    const { severity, fix } = CHECKS[check];
    if (this.count(check) >= MOST_FINDINGS) return;
    this.findings.push({ check, severity, where: nameOf(place), message, fix });
  }

  /** Notes a finding, the only one of its check: for what would show again at every step. */
  once(check: CheckName, place: Place, message: string): void {
    if (this.count(check) === 0) this.add(check, place, message);
  }

  /** Notes that a check could not run. */
  skip(check: CheckName, why: string): void {
    this.skipped.push({ check, why });
  }

  /** How much a check has found. */
  count(check: CheckName): number {
    return this.findings.filter((finding) => finding.check === check).length;
  }

  /** Whether something was found that makes further checks pointless. */
  hasErrors(): boolean {
    return this.findings.some(({ severity }) => severity === 'error');
  }

  /**
   * Runs a check; what the env throws becomes a finding of it.
   *
   * @returns what `run` returns, `undefined` if it threw.
   */
  attempt<T>(check: CheckName, place: Place, run: () => T): T | undefined {
    try {
      return run();
    } catch (thrown) {
      this.once(check, place, `It threw ${describeThrown(thrown)}`);
      return undefined;
    }
  }
}

/** What was thrown, as a message can name it. */
export function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `${String(thrown)}.`;
}

/** A report as lines for the terminal; empty where nothing was found. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(
      ({ check, severity, where, message, fix }) =>
        `${severity} [${check}] ${where}: ${message}\n  ${fix}`,
    )
    .join('\n');
}

function nameOf(place: Place): string {
  return typeof place === 'string' ? place : place.where;
}
