import * as c from "./index.ts";
const P=JSON.parse; const show=(n:string,s:any,v:any)=>{const r=s.safeParse(v);console.log(n, r.success?"OK "+JSON.stringify(r.data,(k,x)=>typeof x==="bigint"?x+"n":x):JSON.stringify(r.error.issues.map((i:any)=>({code:i.code,path:i.path,params:i.params,message:i.message}))))};
show("dim",c.usageEvent,P('{"id":"a","customerId":"c","featureId":"f","dimensions":{"__proto__":"x","a b":1}}'));
show("dim",c.usageEvent,P('{"id":"a","customerId":"c","featureId":"f","dimensions":{"constructor":"x","a":1}}'));
show("none",c.usageEvent,P('{"id":"a","customerId":"c","featureId":"f"}'));
for (const m of [null,5,"x",[],[1]]) show("m",c.usageEvent,{id:"a",customerId:"c",featureId:"f",dimensions:m});
show("o",c.widgetSessionInput,{customerId:"c",origins:["https://a\0b","https://\ud800","https://u:p@h","https://h:99999","https://*","null","https://app.example.com","http://localhost:5173","http://[::1]:80","https://x.com/","https://x.com:443","HTTPS://x.com","ftp://x","file:///", "https://app.example.com\n","http:app.example.com"]});
const d:any=c.buildOpenApi({version:"1",serverUrl:"x"}); console.log(JSON.stringify(d.components.schemas.UsageEvent.properties.dimensions), JSON.stringify(d.components.schemas.GrantInput.properties.reason), JSON.stringify(d.components.schemas.GrantInput.properties.metadata),d.components.schemas.GrantInput.required);
type T = c.UsageEventInput["dimensions"]; const t: T = {a:"x",b:1}; void t;
