/**
 * The class behind the official client's process-wide instance; the published types describe only the instance. Our
 * calls alone are listed.
 */
declare module '@mailchimp/mailchimp_marketing/src/ApiClient.js' {
  type Params = Record<string, string | number | boolean | null | undefined>

  type PageOptions = { count: number; offset: number; fields: readonly string[] }

  class ApiClient {
    basePath: string
    config: { apiKey?: string; accessToken?: string; server?: string }
    /** Fills `{name}` places from the parameters, each encoded. */
    buildUrl(path: string, pathParams: Params): string
    /** Leaves out what is null or undefined, and makes texts of the rest. */
    normalizeParams(params: Params): Record<string, string>
    callApi(
      path: string,
      httpMethod: string,
      pathParams: Params,
      queryParams: Params,
      headerParams: Params,
      formParams: Params,
      bodyParam: unknown,
    ): Promise<{ data: unknown; response: unknown }>

    readonly campaigns: {
      create(body: object): Promise<unknown>
      get(campaignId: string): Promise<unknown>
      update(campaignId: string, body: object): Promise<unknown>
      list(options: { count: number; status?: string; list_id?: string; fields: readonly string[] }): Promise<unknown>
      remove(campaignId: string): Promise<unknown>
      getContent(campaignId: string): Promise<unknown>
      setContent(campaignId: string, body: object): Promise<unknown>
      getSendChecklist(campaignId: string): Promise<unknown>
      send(campaignId: string): Promise<unknown>
      sendTestEmail(campaignId: string, body: object): Promise<unknown>
      unschedule(campaignId: string): Promise<unknown>
    }
    readonly lists: {
      getList(listId: string): Promise<unknown>
      getListMembersInfo(listId: string, options: PageOptions): Promise<unknown>
      listSegments(listId: string, options: PageOptions & { type: string }): Promise<unknown>
      getSegment(listId: string, segmentId: number, options: object): Promise<unknown>
      createSegment(listId: string, body: object): Promise<unknown>
      updateSegment(listId: string, segmentId: number, body: object): Promise<unknown>
      deleteSegment(listId: string, segmentId: number): Promise<unknown>
      getSegmentMembersList(listId: string, segmentId: number, options: PageOptions): Promise<unknown>
      getListMember(listId: string, subscriberHash: string): Promise<unknown>
      setListMember(listId: string, subscriberHash: string, body: object): Promise<unknown>
      deleteListMember(listId: string, subscriberHash: string): Promise<unknown>
      getListMemberTags(listId: string, subscriberHash: string, options: { count: number }): Promise<unknown>
      updateListMemberTags(listId: string, subscriberHash: string, body: object): Promise<unknown>
    }
  }

  export = ApiClient
}
