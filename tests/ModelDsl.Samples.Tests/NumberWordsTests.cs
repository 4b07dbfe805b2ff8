using NumberWordsSample;

namespace ModelDsl.Samples.Tests;

public sealed class NumberWordsTests
{
    [Fact]
    public void Training_lowers_the_loss_and_is_measured_on_numbers_never_trained_on()
    {
        using var output = new TemporaryFolder();
        SampleRun run = SampleRun.Start(
            NumberWordsCommand.Run, "--output", output.Path, "--numbers", "300", "--epochs", "3", "--batch-size", "20");

        run.AssertLearnt(epochs: 3);
        Assert.Contains("300 training and 1,311 held-out numbers", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"│ two hundred and forty-one +│ +\d* │", run.Output);
        Assert.Matches(
            @"exact match \d+\.\d\d %: [\d,]+ of 1,311 numbers that were never trained on", run.Output);
        Assert.Equal(["model.safetensors"], Directory.GetFiles(output.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Stopped_training_goes_on_with_the_same_bits() => StoppedSample.AssertEndsAsOneThatWasNot(
        NumberWordsCommand.Run, "--numbers", "60", "--epochs", "2", "--batch-size", "20");

    [Theory]
    [InlineData("--epochs", "0", "whole number of at least 1")]
    [InlineData("--batch-size", "31", "at most 30, the training numbers")]
    [InlineData("--numbers", "0", "whole number of at least 1")]
    [InlineData("--learning-rate", "0", "a number above 0")]
    public void An_argument_that_makes_no_sense_is_named(string option, string value, string expected)
    {
        using var output = new TemporaryFolder();
        string[] numbers = option == "--numbers" ? [] : ["--numbers", "30"];
        SampleRun.Start(NumberWordsCommand.Run, ["--output", output.Path, .. numbers, option, value])
            .AssertFailsWith(option, expected, value);
    }

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(13, "thirteen")]
    [InlineData(20, "twenty")]
    [InlineData(100, "one hundred")]
    [InlineData(241, "two hundred and forty-one")]
    [InlineData(1000, "one thousand")]
    [InlineData(1005, "one thousand and five")]
    [InlineData(1300, "one thousand three hundred")]
    [InlineData(70_099, "seventy thousand and ninety-nine")]
    [InlineData(
        777_777, "seven hundred and seventy-seven thousand seven hundred and seventy-seven")]
    public void A_number_is_spelled_as_people_do(int number, string words) =>
        Assert.Equal(words, NumberText.Spell(number));

    [Fact]
    public void Every_number_has_words_of_its_own_that_fit()
    {
        int[][] tokens =
            [.. Enumerable.Range(0, 20_000).Select(number => NumberText.ReadWords(NumberText.Spell(number))!)];
        Assert.Equal(tokens.Length, tokens.Select(one => string.Join(' ', one)).Distinct().Count());
        Assert.DoesNotContain(NumberText.Filler, NumberText.ReadWords(NumberText.Spell(777_777))!);
        Assert.All(tokens, one => Assert.InRange(one.Max(), 1, NumberText.WordTokens - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.Spell(NumberText.Limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two bananas")]
    [InlineData("one one one one one one one one one one one one")]
    public void Words_that_are_no_number_are_refused(string words) => Assert.Null(NumberText.ReadWords(words));

    [Fact]
    public void A_seed_draws_the_same_numbers_each_time_and_none_that_is_held_out()
    {
        Numbers one = Numbers.Draw(seed: 5, train: 5000), again = Numbers.Draw(seed: 5, train: 5000);
        Numbers other = Numbers.Draw(seed: 6, train: 5000);
        int[] learnt = Learnt(one.Train);

        Assert.Equal(learnt, Learnt(again.Train));
        Assert.NotEqual(learnt, Learnt(other.Train));
        Assert.Equal(one.HeldOut, other.HeldOut);
        Assert.Equal(one.HeldOut.Length, one.HeldOut.Distinct().Count());
        Assert.Empty(one.HeldOut.Intersect(learnt));
        Assert.Empty(one.HeldOut.Intersect(Learnt(other.Train)));
        Assert.Equal([1, 2, 3, 4, 5, 6], learnt.Select(number => $"{number}".Length).Distinct().Order());
    }

    [Fact]
    public void What_is_learnt_is_the_digits_and_the_end()
    {
        Dataset numbers = Numbers.ToDataset([241]);
        int[] labels = new int[numbers.LabelsPerSample];
        numbers.GatherLabels([0], labels);
        Assert.Equal([2, 4, 1, 10, -1, -1, -1], labels);
        Assert.Equal([10, 2, 4, 1, 10, 10, 10], numbers.GetSample(0)[NumberText.MostWords..]);
    }

    [Fact]
    public void Only_an_exact_match_is_right() => Assert.Equal(
        [(24, "240"), (7, ""), (100, "10")],
        Translator.FindWrong([241, 24, 7, 100, 0], ["241", "240", "", "10", "0"]));

    [Fact]
    public void A_model_writes_the_numbers_that_it_has_learnt()
    {
        int[] few = [7, 12, 40, 241, 90_000];
        var model = new NumberReader(seed: 1);
        new Trainer<NumberReader>(model, new Adam { LearningRate = 3e-3f })
            .Fit(Numbers.ToDataset(few), epochs: 60, batchSize: 5);
        var translator = new Translator(model);

        Assert.Equal("241", translator.Translate("two hundred and forty-one"));
        Assert.Empty(translator.FindWrong(few));
        Assert.Null(translator.Translate("two bananas"));
    }

    // As the decoder reads them.
    private static int[] Learnt(Dataset numbers) =>
    [
        .. Enumerable.Range(0, numbers.Count).Select(i => int.Parse(string.Concat(
            numbers.GetSample(i)[(NumberText.MostWords + 1)..].TakeWhile(token => token < NumberText.End)))),
    ];
}
