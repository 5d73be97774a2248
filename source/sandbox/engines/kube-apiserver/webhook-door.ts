import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer} from 'node:https';
import {type AddressInfo} from 'node:net';
import {type LocalService} from '../../admission/post-review.js';
import {createCertificateAuthority} from '../../certificates.js';
import {clone, isTree, treeAt, treesAt, type Tree} from '../../value.js';

/**
Where an API server finds Liqo's webhooks.
*/
export type WebhookDoor = {
	/**
	The object as this cluster needs it: webhooks of Liqo's Service lead here.
	*/
	lead(object: Tree): Tree;
	/**
	The Service that stands for this process in the cluster.
	*/
	readonly service: Tree;
	close(): Promise<void>;
};

const namespace = 'liqo';
const name = 'liqo-webhook';

// An object of 3 MiB, the API server's own limit, twice.
const largestReview = 8 * 1024 * 1024;

const readReview = async (request: IncomingMessage): Promise<Tree> => {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		size += part.length;
		if (size > largestReview) {
			throw new RangeError('the review is larger than 8 MiB');
		}

		parts.push(part);
	}

	const review: unknown = JSON.parse(Buffer.concat(parts).toString());
	if (!isTree(review)) {
		throw new TypeError('a review is an object');
	}

	return review;
};

/**
Serves admission over HTTPS on loopback. The API server gets there as to any webhook of a Service: the Service is one of an external name, which
is this machine.
*/
export const openWebhookDoor = async (
	review: LocalService,
): Promise<WebhookDoor> => {
	const authority = await createCertificateAuthority('liqoscope webhooks');
	const {certificate, key} = await authority.issue({
		commonName: 'liqoscope webhook server',
		hosts: [`${name}.${namespace}.svc`],
	});
	const answer = async (
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> => {
		try {
			const {pathname} = new URL(request.url ?? '/', 'https://localhost');
			const body = await review(pathname, await readReview(request));
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(JSON.stringify(body));
		} catch (error) {
			// The failure policy of the webhook decides.
			response.writeHead(500, {'content-type': 'text/plain'});
			response.end(error instanceof Error ? error.message : String(error));
		}
	};

	const server = createServer(
		{cert: certificate, key, minVersion: 'TLSv1.2'},
		(request, response) => {
			void answer(request, response);
		},
	);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const caBundle = Buffer.from(authority.certificate).toString('base64');
	return {
		lead(original) {
			const object = clone(original);
			for (const webhook of treesAt(object, 'webhooks')) {
				const client = treeAt(webhook, 'clientConfig');
				const service = treeAt(client, 'service');
				if (
					client &&
					service?.namespace === namespace &&
					service.name === name
				) {
					service.port = port;
					client.caBundle = caBundle;
				}
			}

			return object;
		},
		service: {
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {namespace, name},
			spec: {
				type: 'ExternalName',
				externalName: '127.0.0.1',
				sessionAffinity: 'None',
			},
			status: {loadBalancer: {}},
		},
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
};
