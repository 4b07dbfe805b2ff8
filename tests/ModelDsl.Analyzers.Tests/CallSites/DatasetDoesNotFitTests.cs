namespace ModelDsl.Analyzers.Tests.CallSites;

public sealed class DatasetDoesNotFitTests
{
    [Theory]
    [InlineData(
        "var data = {|from:Dataset.FromLabels(new Shape(32, 32), unknown, new int[3])|}; new Trainer<Mnist>(mnist, new Adam()).Fit({|MDL0203:data|});")]
    [InlineData(
        "var shape = new Shape(32, 32); var (train, test) = {|from:Dataset.FromLabels(shape, unknown, new int[3])|}.Split(0.2f); new Trainer<Mnist>(mnist, new Adam()).Evaluate({|MDL0203:test|});")]
    [InlineData(
        "var data = {|from:Dataset.FromValues(new Shape([32, 32]), unknown, unknown)|}.Subset([1, 2]); new Trainer<Mnist>(mnist, new Adam()).Fit({|MDL0203:data.Split(0.5f).Remaining|}, epochs: 2);")]
    public Task Data_set_of_other_samples_reports_MDL0203_at_the_argument(string statements) =>
        CallSite.Reports(
            statements,
            "'Mnist' expects samples of 784 values (28x28), but the data set holds samples of 1024 (32x32)");

    [Theory]
    [InlineData(
        "var data = Dataset.FromLabels(new Shape(28, 28), unknown, new int[3]); new Trainer<Mnist>(mnist, new Adam()).Fit(data);")]
    [InlineData(
        "var data = Dataset.FromLabels(new Shape(784), unknown, new int[3]); new Trainer<Mnist>(mnist, new Adam()).Fit(data);")]
    [InlineData(
        "var data = Dataset.FromLabels(new Shape(count, count), unknown, new int[3]); new Trainer<Mnist>(mnist, new Adam()).Fit(data);")]
    [InlineData("new Trainer<Mnist>(mnist, new Adam()).Fit(ModelDsl.Mnist.Load(\"data\").Train);")]
    public Task Data_set_that_fits_does_not_report_MDL0203(string statements) => CallSite.IsSilent(statements);
}
