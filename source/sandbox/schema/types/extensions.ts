/**
Custom resources and webhooks, in the notation of `parse-types.ts`.
*/
export const extensionTypes = `
package io.k8s.api.admissionregistration.v1
ServiceReference: name#2 string z ! | namespace#1 string z ! | path#3 *string | port#4 *int32
WebhookClientConfig: caBundle#2 bytes | service#1 ServiceReference | url#3 *string
MatchCondition: expression#2 string z ! | name#1 string z !
RuleWithOperations: apiGroups#2.1 []string | apiVersions#2.2 []string | operations#1 []string | resources#2.3
  []string | scope#2.4 *string
MutatingWebhook: admissionReviewVersions#8 []string z ! | clientConfig#2 WebhookClientConfig s ! | failurePolicy#4
  *string | matchConditions#12 []MatchCondition @name +name | matchPolicy#9 *string | name#1 string z ! |
  namespaceSelector#5 LabelSelector | objectSelector#11 LabelSelector | reinvocationPolicy#10 *string | rules#3
  []RuleWithOperations | sideEffects#6 *string ! | timeoutSeconds#7 *int32
MutatingWebhookConfiguration: metadata#1 ObjectMeta s | webhooks#2 []MutatingWebhook @name +name
ValidatingWebhook: admissionReviewVersions#8 []string z ! | clientConfig#2 WebhookClientConfig s ! | failurePolicy#4
  *string | matchConditions#11 []MatchCondition @name +name | matchPolicy#9 *string | name#1 string z ! |
  namespaceSelector#5 LabelSelector | objectSelector#10 LabelSelector | rules#3 []RuleWithOperations | sideEffects#6
  *string ! | timeoutSeconds#7 *int32
ValidatingWebhookConfiguration: metadata#1 ObjectMeta s | webhooks#2 []ValidatingWebhook @name +name
package io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
apiextensions_ServiceReference: name#2 string z ! | namespace#1 string z ! | path#3 *string | port#4 *int32
apiextensions_WebhookClientConfig: caBundle#2 bytes | service#1 *apiextensions_ServiceReference | url#3 *string
WebhookConversion: clientConfig#2 *apiextensions_WebhookClientConfig | conversionReviewVersions#3 []string z !
CustomResourceConversion: strategy#1 string z ! | webhook#2 WebhookConversion
CustomResourceDefinitionNames: categories#6 []string | kind#4 string z ! | listKind#5 string | plural#1 string z ! |
  shortNames#3 []string | singular#2 string
CustomResourceColumnDefinition: description#4 string | format#3 string | jsonPath#6 string z ! | name#1 string z ! |
  priority#5 int32 | type#2 string z !
ExternalDocumentation: description#1 string | url#2 string
ValidationRule: fieldPath#5 string | message#2 string | messageExpression#3 string | optionalOldSelf#6 *bool |
  reason#4 *string | rule#1 string z !
JSONSchemaProps: $ref#3 *string | $schema#2 string | additionalItems#33 json | additionalProperties#30 json |
  allOf#25 []JSONSchemaProps | anyOf#27 []JSONSchemaProps | default#8 json | definitions#34 {}JSONSchemaProps |
  dependencies#32 {}json | description#4 string | enum#20 []json | example#36 json | exclusiveMaximum#10 bool |
  exclusiveMinimum#12 bool | externalDocs#35 ExternalDocumentation | format#6 string | id#1 string | items#24 json |
  maxItems#16 *int64 | maxLength#13 *int64 | maxProperties#21 *int64 | maximum#9 *number | minItems#17 *int64 |
  minLength#14 *int64 | minProperties#22 *int64 | minimum#11 *number | multipleOf#19 *number | not#28
  JSONSchemaProps | nullable#37 bool | oneOf#26 []JSONSchemaProps | pattern#15 string | patternProperties#31
  {}JSONSchemaProps | properties#29 {}JSONSchemaProps | required#23 []string | title#7 string | type#5 string |
  uniqueItems#18 bool | x-kubernetes-embedded-resource#39 bool | x-kubernetes-int-or-string#40 bool |
  x-kubernetes-list-map-keys#41 []string | x-kubernetes-list-type#42 *string | x-kubernetes-map-type#43 *string |
  x-kubernetes-preserve-unknown-fields#38 *bool | x-kubernetes-validations#44 []ValidationRule @rule +rule
CustomResourceValidation: openAPIV3Schema#1 JSONSchemaProps
SelectableField: jsonPath#1 string z !
CustomResourceSubresourceScale: labelSelectorPath#3 *string | specReplicasPath#1 string z ! | statusReplicasPath#2
  string z !
CustomResourceSubresourceStatus:
CustomResourceSubresources: scale#2 CustomResourceSubresourceScale | status#1 CustomResourceSubresourceStatus
CustomResourceDefinitionVersion: additionalPrinterColumns#6 []CustomResourceColumnDefinition | deprecated#7 bool |
  deprecationWarning#8 *string | name#1 string z ! | schema#4 CustomResourceValidation | selectableFields#9
  []SelectableField | served#2 bool z ! | storage#3 bool z ! | subresources#5 CustomResourceSubresources
CustomResourceDefinitionSpec: conversion#9 CustomResourceConversion | group#1 string z ! | names#3
  CustomResourceDefinitionNames s ! | preserveUnknownFields#10 bool | scope#4 string z ! | versions#7
  []CustomResourceDefinitionVersion z !
CustomResourceDefinitionCondition: lastTransitionTime#3 time z | message#5 string | reason#4 string | status#2
  string z ! | type#1 string z !
CustomResourceDefinitionStatus: acceptedNames#2 CustomResourceDefinitionNames s | conditions#1
  []CustomResourceDefinitionCondition z @type | storedVersions#3 []string z
CustomResourceDefinition: metadata#1 ObjectMeta s | spec#2 CustomResourceDefinitionSpec s ! | status#3
  CustomResourceDefinitionStatus s
`;
