/**
Custom resources and webhooks, in the notation of `parse-types.ts`.
*/
export const extensionTypes = `
package io.k8s.api.admissionregistration.v1
ServiceReference: name string z ! | namespace string z ! | path *string | port *int32
WebhookClientConfig: caBundle bytes | service ServiceReference | url *string
MatchCondition: expression string z ! | name string z !
RuleWithOperations: apiGroups []string | apiVersions []string | operations []string | resources []string | scope
  *string
MutatingWebhook: admissionReviewVersions []string z ! | clientConfig WebhookClientConfig s ! | failurePolicy *string
  | matchConditions []MatchCondition @name +name | matchPolicy *string | name string z ! | namespaceSelector
  LabelSelector | objectSelector LabelSelector | reinvocationPolicy *string | rules []RuleWithOperations |
  sideEffects *string ! | timeoutSeconds *int32
MutatingWebhookConfiguration: metadata ObjectMeta s | webhooks []MutatingWebhook @name +name
ValidatingWebhook: admissionReviewVersions []string z ! | clientConfig WebhookClientConfig s ! | failurePolicy
  *string | matchConditions []MatchCondition @name +name | matchPolicy *string | name string z ! | namespaceSelector
  LabelSelector | objectSelector LabelSelector | rules []RuleWithOperations | sideEffects *string ! | timeoutSeconds
  *int32
ValidatingWebhookConfiguration: metadata ObjectMeta s | webhooks []ValidatingWebhook @name +name
package io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
apiextensions_ServiceReference: name string z ! | namespace string z ! | path *string | port *int32
apiextensions_WebhookClientConfig: caBundle bytes | service *apiextensions_ServiceReference | url *string
WebhookConversion: clientConfig *apiextensions_WebhookClientConfig | conversionReviewVersions []string z !
CustomResourceConversion: strategy string z ! | webhook WebhookConversion
CustomResourceDefinitionNames: categories []string | kind string z ! | listKind string | plural string z ! |
  shortNames []string | singular string
CustomResourceColumnDefinition: description string | format string | jsonPath string z ! | name string z ! |
  priority int32 | type string z !
ExternalDocumentation: description string | url string
ValidationRule: fieldPath string | message string | messageExpression string | optionalOldSelf *bool | reason
  *string | rule string z !
JSONSchemaProps: $ref *string | $schema string | additionalItems json | additionalProperties json | allOf
  []JSONSchemaProps | anyOf []JSONSchemaProps | default json | definitions {}JSONSchemaProps | dependencies {}json |
  description string | enum []json | example json | exclusiveMaximum bool | exclusiveMinimum bool | externalDocs
  ExternalDocumentation | format string | id string | items json | maxItems *int64 | maxLength *int64 |
  maxProperties *int64 | maximum *number | minItems *int64 | minLength *int64 | minProperties *int64 | minimum
  *number | multipleOf *number | not JSONSchemaProps | nullable bool | oneOf []JSONSchemaProps | pattern string |
  patternProperties {}JSONSchemaProps | properties {}JSONSchemaProps | required []string | title string | type
  string | uniqueItems bool | x-kubernetes-embedded-resource bool | x-kubernetes-int-or-string bool |
  x-kubernetes-list-map-keys []string | x-kubernetes-list-type *string | x-kubernetes-map-type *string |
  x-kubernetes-preserve-unknown-fields *bool | x-kubernetes-validations []ValidationRule @rule +rule
CustomResourceValidation: openAPIV3Schema JSONSchemaProps
SelectableField: jsonPath string z !
CustomResourceSubresourceScale: labelSelectorPath *string | specReplicasPath string z ! | statusReplicasPath string
  z !
CustomResourceSubresourceStatus:
CustomResourceSubresources: scale CustomResourceSubresourceScale | status CustomResourceSubresourceStatus
CustomResourceDefinitionVersion: additionalPrinterColumns []CustomResourceColumnDefinition | deprecated bool |
  deprecationWarning *string | name string z ! | schema CustomResourceValidation | selectableFields
  []SelectableField | served bool z ! | storage bool z ! | subresources CustomResourceSubresources
CustomResourceDefinitionSpec: conversion CustomResourceConversion | group string z ! | names
  CustomResourceDefinitionNames s ! | preserveUnknownFields bool | scope string z ! | versions
  []CustomResourceDefinitionVersion z !
CustomResourceDefinitionCondition: lastTransitionTime time z | message string | reason string | status string z ! |
  type string z !
CustomResourceDefinitionStatus: acceptedNames CustomResourceDefinitionNames s | conditions
  []CustomResourceDefinitionCondition z @type | storedVersions []string z
CustomResourceDefinition: metadata ObjectMeta s | spec CustomResourceDefinitionSpec s ! | status
  CustomResourceDefinitionStatus s
`;
