const APP_SYNC = [
  'RequestMappingTemplate', 'RequestMappingTemplateS3Location', 'ResponseMappingTemplate', 'ResponseMappingTemplateS3Location', 'Code', 'CodeS3Location',
  'Definition', 'DefinitionS3Location', 'Expires',
];

/**
 * Properties that the CDK CLI changes itself when it hotswaps, by type of resource. Types that it hands to the Cloud Control API have all of them.
 *
 * Source: `RESOURCE_DETECTORS` of aws-cdk 2.1148.1.
 */
export const HOTSWAPPED_PROPERTIES: { readonly [type: string]: readonly string[] | 'all' } = {
  'AWS::ApiGateway::Deployment': 'all',
  'AWS::ApiGateway::Method': 'all',
  'AWS::ApiGateway::RestApi': 'all',
  'AWS::ApiGatewayV2::Api': 'all',
  'AWS::ApiGatewayV2::Integration': 'all',
  'AWS::AppSync::ApiKey': APP_SYNC,
  'AWS::AppSync::FunctionConfiguration': APP_SYNC,
  'AWS::AppSync::GraphQLSchema': APP_SYNC,
  'AWS::AppSync::Resolver': APP_SYNC,
  'AWS::Bedrock::Agent': 'all',
  'AWS::BedrockAgentCore::Runtime': 'all',
  'AWS::CDK::Metadata': 'all',
  'AWS::CloudWatch::Alarm': 'all',
  'AWS::CloudWatch::CompositeAlarm': 'all',
  'AWS::CloudWatch::Dashboard': 'all',
  'AWS::CodeBuild::Project': ['Source', 'Environment', 'SourceVersion'],
  'AWS::DynamoDB::GlobalTable': 'all',
  'AWS::DynamoDB::Table': 'all',
  'AWS::Events::Rule': 'all',
  'AWS::Lambda::Alias': ['FunctionVersion'],
  'AWS::Lambda::Function': ['Code', 'Environment', 'Description'],
  'AWS::Lambda::Version': 'all',
  'AWS::QuickSight::Analysis': 'all',
  'AWS::QuickSight::Dashboard': 'all',
  'AWS::QuickSight::DataSet': 'all',
  'AWS::QuickSight::DataSource': 'all',
  'AWS::QuickSight::Template': 'all',
  'AWS::SQS::Queue': 'all',
  'AWS::StepFunctions::StateMachine': 'all',
  'Custom::CDKBucketDeployment': 'all',
};
