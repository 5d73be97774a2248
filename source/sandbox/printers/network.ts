import {
	type ApiObject,
	listAt,
	numberAt,
	textAt,
	treeAt,
	treesAt,
} from '../value.js';
import {formatSelector, none, orNone, text, textPath} from './cells.js';
import {type Column} from './column.js';
import {ageColumn, nameColumn} from './columns.js';
import {unsetOr} from './storage.js';

const most = 3;

/**
The first three, and how many there are beyond them.
*/
const shortened = (items: readonly string[]): string =>
	items.length > most
		? `${items.slice(0, most).join(',')} + ${items.length - most} more...`
		: items.join(',');

const ingressHosts = (ingress: ApiObject): string =>
	shortened(
		treesAt(ingress, 'spec', 'rules')
			.map((rule) => textAt(rule, 'host'))
			.filter((host) => host !== ''),
	) || '*';

const ingressAddress = (ingress: ApiObject): string =>
	treesAt(ingress, 'status', 'loadBalancer', 'ingress')
		.map((item) => textAt(item, 'ip') || textAt(item, 'hostname'))
		.join(',');

const classParameters = (ingressClass: ApiObject): string => {
	const parameters = treeAt(ingressClass, 'spec', 'parameters');
	if (!parameters) {
		return none;
	}

	const group = textAt(parameters, 'apiGroup');
	return `${textAt(parameters, 'kind')}${group === '' ? '' : `.${group}`}/${textAt(parameters, 'name')}`;
};

const endpointAddresses = (endpoints: ApiObject): string =>
	orNone(
		shortened(
			treesAt(endpoints, 'subsets').flatMap((subset) => {
				const ports = treesAt(subset, 'ports');
				const addresses = treesAt(subset, 'addresses').map((address) =>
					textAt(address, 'ip'),
				);
				return ports.length === 0
					? addresses
					: ports.flatMap((port) =>
							addresses.map(
								(address) => `${address}:${numberAt(port, 'port') ?? 0}`,
							),
						);
			}),
		),
	);

const sliceEndpoints = (slice: ApiObject): string =>
	unsetOr(
		shortened(
			treesAt(slice, 'endpoints').flatMap((endpoint) =>
				listAt(endpoint, 'addresses').map(String),
			),
		),
	);

/**
The columns of what leads to pods.
*/
export const networkPrinters: Readonly<Record<string, readonly Column[]>> = {
	Ingress: [
		nameColumn,
		text('Class', (ingress) =>
			orNone(textAt(ingress, 'spec', 'ingressClassName')),
		),
		text('Hosts', ingressHosts),
		text('Address', ingressAddress),
		text('Ports', (ingress) =>
			listAt(ingress, 'spec', 'tls').length > 0 ? '80, 443' : '80',
		),
		ageColumn,
	],
	IngressClass: [
		nameColumn,
		text('Controller', textPath('spec', 'controller')),
		text('Parameters', classParameters),
		ageColumn,
	],
	Endpoints: [nameColumn, text('Endpoints', endpointAddresses), ageColumn],
	EndpointSlice: [
		nameColumn,
		text('AddressType', textPath('addressType')),
		text('Ports', (slice) =>
			unsetOr(
				shortened(
					treesAt(slice, 'ports').map((port) =>
						String(numberAt(port, 'port') ?? '*'),
					),
				),
			),
		),
		text('Endpoints', sliceEndpoints),
		ageColumn,
	],
	NetworkPolicy: [
		nameColumn,
		text('Pod-Selector', (object) =>
			formatSelector(treeAt(object, 'spec', 'podSelector')),
		),
		ageColumn,
	],
};
