/**
Volumes, claims and persistent volumes (core/v1), in the notation of `parse-types.ts`.
*/
export const volumeTypes = `
package io.k8s.api.core.v1
AWSElasticBlockStoreVolumeSource: fsType string | partition int32 | readOnly bool | volumeID string z !
AzureDiskVolumeSource: cachingMode *string =ReadWrite | diskName string z ! | diskURI string z ! | fsType *string
  =ext4 | kind *string =Shared | readOnly *bool
AzureFileVolumeSource: readOnly bool | secretName string z ! | shareName string z !
CephFSVolumeSource: monitors []string z ! | path string | readOnly bool | secretFile string | secretRef
  LocalObjectReference | user string
CinderVolumeSource: fsType string | readOnly bool | secretRef LocalObjectReference | volumeID string z !
KeyToPath: key string z ! | mode *int32 | path string z !
ConfigMapVolumeSource: defaultMode *int32 | items []KeyToPath | name string | optional *bool
CSIVolumeSource: driver string z ! | fsType *string | nodePublishSecretRef LocalObjectReference | readOnly *bool |
  volumeAttributes {}string
DownwardAPIVolumeFile: fieldRef ObjectFieldSelector | mode *int32 | path string z ! | resourceFieldRef
  ResourceFieldSelector
DownwardAPIVolumeSource: defaultMode *int32 | items []DownwardAPIVolumeFile
EmptyDirVolumeSource: medium string | sizeLimit *quantity
TypedLocalObjectReference atomic: apiGroup *string | kind string z ! | name string z !
TypedObjectReference: apiGroup *string | kind string z ! | name string z ! | namespace *string
VolumeResourceRequirements: limits {}quantity | requests {}quantity
PersistentVolumeClaimSpec: accessModes []string | dataSource TypedLocalObjectReference | dataSourceRef
  TypedObjectReference | resources VolumeResourceRequirements s | selector LabelSelector | storageClassName *string
  | volumeAttributesClassName *string | volumeMode *string | volumeName string
PersistentVolumeClaimTemplate: metadata ObjectMeta s | spec PersistentVolumeClaimSpec s !
EphemeralVolumeSource: volumeClaimTemplate PersistentVolumeClaimTemplate
FCVolumeSource: fsType string | lun *int32 | readOnly bool | targetWWNs []string | wwids []string
FlexVolumeSource: driver string z ! | fsType string | options {}string | readOnly bool | secretRef
  LocalObjectReference
FlockerVolumeSource: datasetName string | datasetUUID string
GCEPersistentDiskVolumeSource: fsType string | partition int32 | pdName string z ! | readOnly bool
GitRepoVolumeSource: directory string | repository string z ! | revision string
GlusterfsVolumeSource: endpoints string z ! | path string z ! | readOnly bool
HostPathVolumeSource: path string z ! | type *string
ImageVolumeSource: pullPolicy string | reference string
ISCSIVolumeSource: chapAuthDiscovery bool | chapAuthSession bool | fsType string | initiatorName *string | iqn
  string z ! | iscsiInterface string =default | lun int32 z ! | portals []string | readOnly bool | secretRef
  LocalObjectReference | targetPortal string z !
NFSVolumeSource: path string z ! | readOnly bool | server string z !
PersistentVolumeClaimVolumeSource: claimName string z ! | readOnly bool
PhotonPersistentDiskVolumeSource: fsType string | pdID string z !
PortworxVolumeSource: fsType string | readOnly bool | volumeID string z !
ClusterTrustBundleProjection: labelSelector LabelSelector | name *string | optional *bool | path string z ! |
  signerName *string
ConfigMapProjection: items []KeyToPath | name string | optional *bool
DownwardAPIProjection: items []DownwardAPIVolumeFile
PodCertificateProjection: certificateChainPath string | credentialBundlePath string | keyPath string | keyType
  string ! | maxExpirationSeconds *int32 | signerName string !
SecretProjection: items []KeyToPath | name string | optional *bool
ServiceAccountTokenProjection: audience string | expirationSeconds *int64 | path string z !
VolumeProjection: clusterTrustBundle ClusterTrustBundleProjection | configMap ConfigMapProjection | downwardAPI
  DownwardAPIProjection | podCertificate PodCertificateProjection | secret SecretProjection | serviceAccountToken
  ServiceAccountTokenProjection
ProjectedVolumeSource: defaultMode *int32 | sources []VolumeProjection z
QuobyteVolumeSource: group string | readOnly bool | registry string z ! | tenant string | user string | volume
  string z !
RBDVolumeSource: fsType string | image string z ! | keyring string =/etc/ceph/keyring | monitors []string z ! | pool
  string =rbd | readOnly bool | secretRef LocalObjectReference | user string =admin
ScaleIOVolumeSource: fsType string =xfs | gateway string z ! | protectionDomain string | readOnly bool | secretRef
  LocalObjectReference z ! | sslEnabled bool | storageMode string =ThinProvisioned | storagePool string | system
  string z ! | volumeName string
SecretVolumeSource: defaultMode *int32 | items []KeyToPath | optional *bool | secretName string
StorageOSVolumeSource: fsType string | readOnly bool | secretRef LocalObjectReference | volumeName string |
  volumeNamespace string
VsphereVirtualDiskVolumeSource: fsType string | storagePolicyID string | storagePolicyName string | volumePath
  string z !
Volume: awsElasticBlockStore AWSElasticBlockStoreVolumeSource | azureDisk AzureDiskVolumeSource | azureFile
  AzureFileVolumeSource | cephfs CephFSVolumeSource | cinder CinderVolumeSource | configMap ConfigMapVolumeSource |
  csi CSIVolumeSource | downwardAPI DownwardAPIVolumeSource | emptyDir EmptyDirVolumeSource | ephemeral
  EphemeralVolumeSource | fc FCVolumeSource | flexVolume FlexVolumeSource | flocker FlockerVolumeSource |
  gcePersistentDisk GCEPersistentDiskVolumeSource | gitRepo GitRepoVolumeSource | glusterfs GlusterfsVolumeSource |
  hostPath HostPathVolumeSource | image ImageVolumeSource | iscsi ISCSIVolumeSource | name string z ! | nfs
  NFSVolumeSource | persistentVolumeClaim PersistentVolumeClaimVolumeSource | photonPersistentDisk
  PhotonPersistentDiskVolumeSource | portworxVolume PortworxVolumeSource | projected ProjectedVolumeSource | quobyte
  QuobyteVolumeSource | rbd RBDVolumeSource | scaleIO ScaleIOVolumeSource | secret SecretVolumeSource | storageos
  StorageOSVolumeSource | vsphereVolume VsphereVirtualDiskVolumeSource
PersistentVolumeClaimCondition: lastProbeTime time z | lastTransitionTime time z | message string | reason string |
  status string z ! | type string z !
ModifyVolumeStatus: status string z ! | targetVolumeAttributesClassName string
PersistentVolumeClaimStatus: accessModes []string | allocatedResourceStatuses {}string | allocatedResources
  {}quantity | capacity {}quantity | conditions []PersistentVolumeClaimCondition @type +type |
  currentVolumeAttributesClassName *string | modifyVolumeStatus ModifyVolumeStatus | phase string
PersistentVolumeClaim: metadata ObjectMeta s | spec PersistentVolumeClaimSpec s | status PersistentVolumeClaimStatus
  s
AzureFilePersistentVolumeSource: readOnly bool | secretName string z ! | secretNamespace *string | shareName string
  z !
CephFSPersistentVolumeSource: monitors []string z ! | path string | readOnly bool | secretFile string | secretRef
  SecretReference | user string
CinderPersistentVolumeSource: fsType string | readOnly bool | secretRef SecretReference | volumeID string z !
CSIPersistentVolumeSource: controllerExpandSecretRef SecretReference | controllerPublishSecretRef SecretReference |
  driver string z ! | fsType string | nodeExpandSecretRef SecretReference | nodePublishSecretRef SecretReference |
  nodeStageSecretRef SecretReference | readOnly bool | volumeAttributes {}string | volumeHandle string z !
FlexPersistentVolumeSource: driver string z ! | fsType string | options {}string | readOnly bool | secretRef
  SecretReference
GlusterfsPersistentVolumeSource: endpoints string z ! | endpointsNamespace *string | path string z ! | readOnly bool
ISCSIPersistentVolumeSource: chapAuthDiscovery bool | chapAuthSession bool | fsType string | initiatorName *string |
  iqn string z ! | iscsiInterface string =default | lun int32 z ! | portals []string | readOnly bool | secretRef
  SecretReference | targetPortal string z !
LocalVolumeSource: fsType *string | path string z !
VolumeNodeAffinity: required NodeSelector
RBDPersistentVolumeSource: fsType string | image string z ! | keyring string =/etc/ceph/keyring | monitors []string
  z ! | pool string =rbd | readOnly bool | secretRef SecretReference | user string =admin
ScaleIOPersistentVolumeSource: fsType string =xfs | gateway string z ! | protectionDomain string | readOnly bool |
  secretRef SecretReference z ! | sslEnabled bool | storageMode string =ThinProvisioned | storagePool string |
  system string z ! | volumeName string
StorageOSPersistentVolumeSource: fsType string | readOnly bool | secretRef ObjectReference | volumeName string |
  volumeNamespace string
PersistentVolumeSpec: accessModes []string | awsElasticBlockStore AWSElasticBlockStoreVolumeSource | azureDisk
  AzureDiskVolumeSource | azureFile AzureFilePersistentVolumeSource | capacity {}quantity | cephfs
  CephFSPersistentVolumeSource | cinder CinderPersistentVolumeSource | claimRef ObjectReference | csi
  CSIPersistentVolumeSource | fc FCVolumeSource | flexVolume FlexPersistentVolumeSource | flocker
  FlockerVolumeSource | gcePersistentDisk GCEPersistentDiskVolumeSource | glusterfs GlusterfsPersistentVolumeSource
  | hostPath HostPathVolumeSource | iscsi ISCSIPersistentVolumeSource | local LocalVolumeSource | mountOptions
  []string | nfs NFSVolumeSource | nodeAffinity VolumeNodeAffinity | persistentVolumeReclaimPolicy string |
  photonPersistentDisk PhotonPersistentDiskVolumeSource | portworxVolume PortworxVolumeSource | quobyte
  QuobyteVolumeSource | rbd RBDPersistentVolumeSource | scaleIO ScaleIOPersistentVolumeSource | storageClassName
  string | storageos StorageOSPersistentVolumeSource | volumeAttributesClassName *string | volumeMode *string |
  vsphereVolume VsphereVirtualDiskVolumeSource
PersistentVolumeStatus: lastPhaseTransitionTime *time | message string | phase string | reason string
PersistentVolume: metadata ObjectMeta s | spec PersistentVolumeSpec s | status PersistentVolumeStatus s
`;
