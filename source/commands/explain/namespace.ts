import {diagnose} from '../../core/findings/diagnose.js';
import {findingDocument} from '../../core/findings/finding-document.js';
import {kindsRead} from '../../core/findings/kinds-read.js';
import {worldScope} from '../../core/findings/scope.js';
import {describeSelector} from '../../core/findings/selector-repair.js';
import {sanitize, sanitizeLines} from '../../core/sanitize.js';
import {formatTime} from '../../core/time.js';
import {type RunCommand} from '../command.js';
import {diagnosisText, unseenLines} from '../diagnose/text.js';
import {exitCodes} from '../exit-code.js';
import {openWorld} from '../open-world.js';
import {documentVersion, formatTable, printDocument} from '../output.js';

/**
Tells what Liqo makes of a namespace: what is declared, which clusters are selected and why, how far each got, and what is wrong.
*/
export const explainNamespace: RunCommand = async (context) => {
	const {args, flags, stdout, stderr} = context;
	const name = args[1] ?? flags.namespace;
	if (name === undefined) {
		stderr.write('explain namespace needs the name of a namespace.\n');
		return exitCodes.usage;
	}

	const result = await openWorld(context, {
		kinds: kindsRead.consumer,
		providerKinds: kindsRead.provider,
	});
	if (!result.isOk) {
		stderr.write(`${sanitize(result.message)}\n`);
		return result.code;
	}

	const open = result.value;
	try {
		const {world} = open;
		const now = open.now();
		const all = worldScope(world, now);
		if (!all) {
			stderr.write(
				`${sanitize(world.consumer.title)} does not serve Liqo's API.\n`,
			);
			return open.isSaved ? exitCodes.usage : exitCodes.connection;
		}

		const scope = all.scopeOf(name);
		if (!scope.object && !scope.offloading) {
			stderr.write(`There is no namespace "${sanitize(name)}".\n`);
			return exitCodes.usage;
		}

		const {offloading, verdicts, mappings, remoteName} = scope;
		const diagnosis = diagnose(world, {now, namespaces: [name]});
		const clusters = verdicts.map((verdict) => {
			const mapping = mappings.find(({cluster}) => cluster === verdict.cluster);
			const failed = verdict.result?.terms
				.flatMap(({requirements}) => requirements)
				.find(({matches}) => !matches);
			return {
				node: verdict.name,
				cluster: verdict.cluster,
				isSelected: verdict.matches,
				why: verdict.matches
					? 'the selector matches'
					: failed
						? `${failed.key} is ${failed.actual ?? 'absent'}, wanted ${failed.operator} [${failed.values.join(', ')}]`
						: 'no term can match',
				requested: mapping?.desired,
				phase: mapping?.current?.phase,
			};
		});
		if (flags.output === 'json' || flags.output === 'yaml') {
			printDocument(stdout, flags.output, {
				apiVersion: documentVersion,
				kind: 'NamespaceExplanation',
				namespace: name,
				generation: all.generation.id,
				isOffloaded: offloading !== undefined,
				podOffloadingStrategy: offloading?.spec.podOffloadingStrategy,
				namespaceMappingStrategy: offloading?.spec.namespaceMappingStrategy,
				phase: offloading?.status.offloadingPhase,
				remoteNamespaceName: remoteName,
				isLabelled: scope.isLabelled,
				clusters,
				findings: diagnosis.findings.map((finding) =>
					findingDocument(finding, world, formatTime(now)),
				),
			});
			return exitCodes.fine;
		}

		const selector = offloading?.spec.clusterSelector;
		stdout.write(
			sanitizeLines(
				[
					offloading
						? `Namespace ${name} is offloaded: phase ${offloading.status.offloadingPhase ?? '(none yet)'}.`
						: `Namespace ${name} is not offloaded.`,
					...(offloading
						? [
								`  pods      ${offloading.spec.podOffloadingStrategy}${scope.isLabelled ? '' : ' (the namespace lacks the scheduling label: pods are not changed)'}`,
								`  name      ${remoteName ?? '(unknown)'} (${offloading.spec.namespaceMappingStrategy})`,
								`  selector  ${selector ? describeSelector(selector) : '(left out)'}`,
							]
						: []),
					'',
				].join('\n'),
			),
		);
		if (offloading) {
			for (const line of formatTable(
				['NODE', 'CLUSTER', 'SELECTED', 'ASKED FOR', 'PHASE', 'WHY'],
				clusters.map(({node, cluster, isSelected, requested, phase, why}) => [
					node,
					cluster,
					isSelected ? 'yes' : 'no',
					requested ?? '',
					phase ?? '',
					why,
				]),
			)) {
				stdout.write(`${line}\n`);
			}

			stdout.write('\n');
		}

		stdout.write(diagnosisText(diagnosis));
		for (const line of unseenLines(diagnosis)) {
			stderr.write(`${line}\n`);
		}

		return exitCodes.fine;
	} finally {
		await open.close();
	}
};
