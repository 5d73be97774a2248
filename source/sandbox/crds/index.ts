import {type GenerationId} from '../../core/generations/generation.js';
import {type Tree} from '../value.js';
import {firstGenerationDefinitions} from './v0.3.js';
import {currentDefinitions} from './v1beta1.js';

/**
The definitions of Liqo's kinds in a generation that the sandbox has.
*/
export const definitionsOf = (generation: GenerationId): readonly Tree[] =>
	generation === 'v1beta1' ? currentDefinitions : firstGenerationDefinitions;

/**
Whether the sandbox can be a Liqo of this generation.
*/
export const hasDefinitions = (
	generation: string,
): generation is GenerationId =>
	generation === 'v1beta1' || generation === 'v0.3';
