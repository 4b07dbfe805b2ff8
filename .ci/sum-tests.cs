#:property PublishAot=false

// Adds up what the test projects wrote: dotnet run --file .ci/sum-tests.cs -- <exit code of the steps before>
// Each project with tests has tests/<project>/TestResults/ci.trx. One that crashed, or that has no file because it was
// not built, counts as a failed test: who reads only the last line shall see it.
using System.Globalization;
using System.Xml.Linq;

int passed = 0;
int failed = 0;
int skipped = 0;
foreach (string project in Directory.EnumerateFiles("tests", "*.csproj", SearchOption.AllDirectories).Order())
{
    if (!File.ReadAllText(project).Contains("Microsoft.NET.Test.Sdk", StringComparison.Ordinal))
    {
        continue;
    }

    string name = Path.GetFileNameWithoutExtension(project);
    string file = Path.Combine(Path.GetDirectoryName(project)!, "TestResults", "ci.trx");
    if (!File.Exists(file))
    {
        Break($"{name}: there are no results; it was not built, or crashed");
        continue;
    }

    XElement run = XDocument.Load(file).Root!;
    XNamespace space = run.Name.Namespace;
    XElement summary = run.Element(space + "ResultSummary")!;
    string[] outcomes = [.. run.Descendants(space + "UnitTestResult").Select(result => result.Attribute("outcome")!.Value)];
    int passedHere = outcomes.Count(outcome => outcome == "Passed");
    int skippedHere = outcomes.Count(outcome => outcome == "NotExecuted");
    int failedHere = outcomes.Length - passedHere - skippedHere;
    passed += passedHere;
    failed += failedHere;
    skipped += skippedHere;
    Console.WriteLine($"{name}: {passedHere} passed, {failedHere} failed, {skippedHere} skipped");
    if (passedHere + failedHere == 0)
    {
        Break($"{name}: no test ran");
    }
    else if (failedHere == 0 && summary.Attribute("outcome")!.Value != "Completed")
    {
        Break($"{name}: the run broke off: {summary.Descendants(space + "Text").FirstOrDefault()?.Value}");
    }
}

int status = int.Parse(args[0], CultureInfo.InvariantCulture);
if (status != 0 && failed == 0)
{
    Console.WriteLine($"A step ended with exit code {status}.");
}

Console.WriteLine($"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}");
return status != 0 || failed > 0 || passed == 0 ? 1 : 0;

void Break(string reason)
{
    Console.WriteLine(reason);
    failed++;
}
