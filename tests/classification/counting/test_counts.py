"""Counted remainders: which side of a half they are on, and where no count is to be believed."""

from __future__ import annotations

import pytest

from zhenggai.classification.counting.counts import counted, half_done
from zhenggai.classification.counting.quantities import quantities
from zhenggai.classification.counting.shares import stated_share
from zhenggai.classification.outcome.clauses import split_clauses


def half(outcome: str, problem: str = "") -> bool | None:
    return half_done(counted(problem, [clause.text for clause in split_clauses(outcome)]))


@pytest.mark.parametrize(
    "outcome",
    [
        # total = done + rest
        "历史往来46笔中已核销38笔，其余8笔因债权单位注销，待县财政局批复后处理。",
        "12栋消防设施损坏的高层，已修复9栋，剩余3栋正在申请动用大修基金。",
        "6家试点企业中已有4家完成选聘，另外2家正在开展考察。",
        "制定任务清单34项。已完成任务29项，员工持股方案等5项正在报批。",
        "对上轮反馈的31个问题逐一“回头看”，28个问题已整改到位，3个涉及历史资产的问题仍在推进中。",
        "校属31家企业中已脱钩剥离12家、清理关闭10家、保留管理3家。其余6家企业因涉诉等原因，正按照批复推进。",
        "对1 104户入住户开展复审，应退出的57户已退出44户，余下13户正在通过法律途径腾退。",
        "十二座危桥中，已改造八座，其余四座正在施工。",
        "摸排问题73个，已督促整改51个，正在推动22个。",
        "应清退1.2亿元，已清退9000万元，其余3000万元正在协商。",
        "对6项任务责令返工，其中4项已重新验收合格，2项尚在整改。",
        "未整改到位的286个问题已整改263个，23个问题因涉及历史遗留因素仍在推进。",
        # the rest follows what is done, without a total
        "已封堵排污口10个，2个正在施工。",
        "第一批60户已改造完毕，第二批18户计划2023年实施。",
        # so far apart that it does not matter which number is the total
        "改造老旧管网9.7公里，漏损率从23%降至14.5%，剩余3.1公里管网改造工程正在施工。",
        "通过合同到期不续签等方式清退编外人员17名，尚余5名编外人员待合同期满后清退。",
        "化解遗留小区31个7840户。尚余8个小区因开发商失联，正在研究办理路径。",
        # a stated share
        "完成评查3274件，占应评查数的86%，余下案件正在组织异地交叉评查。",
        "已选配书记15名,占应配数的83%,余下3个支部拟结合年底换届调整到位。",
        "档案已扫描六成，其余正在扫描。",
        "大部分已完成移交，其余正在办理手续。",
        "完成清退9人，尚空缺的2个岗位拟于年底招聘。",
        # a share of the whole, without a word for the rest
        "收缴34.7万元，占应收缴总额的94%；因经办人已退休，其余票据尚待核对。",
        "市场化收入占比由12%上升到31%，完成三年目标（50%）的六成以上。",
        "56人以上大班额由2103个降至214个，计划2024年秋季全部消除。",
        "对应返还的款项已返还53.2万元，还有7案因当事人下落不明暂未返还。",
        "集中执行案件612件，已执行到位1.04亿元。仍有部分涉房地产案件因资产处置难，执行还在进行中。",
        # persons are persons: 名, 人
        "共有31名借调人员，27人已返回，另有4名人员尚待协调。",
        "应付货款1.32亿元。已支付9100万元，剩余货款按协议于2023年6月前付清。",
        # done of a total, the rest without a number
        "应兑现安家费1240万元，已兑现1105万元，剩余部分待年底拨款到位后兑现。",
    ],
)
def test_half_or_more_is_done(outcome: str) -> None:
    assert half(outcome) is True


@pytest.mark.parametrize(
    "outcome",
    [
        "收回租金41万元，尚欠183万元，已委托律师起诉9家。",
        "累计清收1.46亿元，仅占反馈总额4.9亿元的29.8%，其余贷款中涉诉的2.2亿元正在执行，1.1亿元正在尽职调查。",
        "收回340万元，占应缴总额2280万元的15%。",
        "仅完成年度任务的35%，其余任务正在推进。",
        "共有58人超过规定年限。制定轮岗计划，第一批已调整17人，第二批、第三批计划在12月底前完成。",
        "组建4个研究团队。11个课题均已立项，其中2个课题报告已完成初稿，其余课题正在调研中。",
        "注销空壳企业3家。剩余9家亏损企业，计划两年内退出。",
        "16座水库正按计划除险加固，目前已完成3座，其余13座正在抓紧推进。",
        "50名离职人员已落实7名党组织关系转出，43名正在推进。",
        "已核销8笔，剩余38笔正在核销。",
        "被占用的5处用房已发出腾退通知，其中1处已收回。其余4处正在协商。",
        "应收320万元，已收回90万元，其余款项正在催收。",
        "第一批19人已到岗，第二批、第三批共76人拟于2023年、2024年交流。",
        "5个村中张家沟村已付清，其余4个村还没付。",
        "6个社区中阳光社区已建成活动室，其余5个社区还没动工。",
        "消化超编人员5名，还剩14名。",
    ],
)
def test_less_than_half_is_done(outcome: str) -> None:
    assert half(outcome) is False


@pytest.mark.parametrize(
    "outcome",
    [
        "召开会议3次，印发文件5份，全部整改到位。",
        "取消报装材料5项，办理时限由10个工作日压缩到4个工作日。",
        "78个项目中尚未启动建设的5个项目，抓紧启动项目招标。",  # what has begun is not done
        "首期80万元已上缴，其余238万元按协议分期缴纳。",  # an agreed plan is another rule
        "其余事项正在推进。",
        "仍有部分企业正在办理手续。",  # nothing is said to be done
        "教师占比由12%上升到31%。",  # progress
        "课时占总课时的76.3%。",
        "已完成3项，其余4家正在办理。",
        "启动建设12个，5个正在招标。",
        "已修订制度10项，2人正在考察。",
        "梳理35件，其余20件正在办理。",  # 35 may be the total or what is done
        "发现违规情形21人，责令退出经营19人，免职2人。",  # all of them are dealt with
        "约谈12人，还有3人作出书面检查。",
    ],
)
def test_no_count_beyond_doubt(outcome: str) -> None:
    assert half(outcome) is None


def test_the_total_may_stand_in_the_problem() -> None:
    outcome = "已修复提灌站，恢复灌溉460亩。2处已修复。1处正在更换变压器。"
    assert half(outcome) is None
    assert half(outcome, "王家坝村3处提灌站长期不能使用") is True


def test_a_rest_of_what_the_problem_counts_tells_how_much_is_done() -> None:
    outcome = "已完成7个安置房回迁工作，剩余4处安置房暂未整改到位。"
    assert half(outcome, "5处安置房未整改到位") is False
    assert half(outcome, "12处安置房未整改到位") is True


def test_counts_that_disagree_say_nothing() -> None:
    outcome = "10个支部中9个已改选，剩余1个正在推进。8家企业中1家已完成，剩余7家正在推进。"
    assert [one.half for one in counted("", [c.text for c in split_clauses(outcome)])] == [True, False]
    assert half(outcome) is None


def test_quantities_know_scales_spelled_numbers_and_what_is_no_quantity() -> None:
    found = [
        q.unit_value for q in quantities("2021年3月，1.5万元、三十五家、1,204户、第3项、12月底、两处、20余人")
    ]
    assert found == [(15000.0, "元"), (35.0, "家"), (1204.0, "户"), (2.0, "处"), (20.0, "人")]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("占总数的79%", 0.79),
        ("完成率达92%", 0.92),
        ("已完成九成", 0.9),
        ("同比增长38%", None),
        ("满意率达到100%", None),
        ("漏损率从23%降至14.5%", None),
    ],
)
def test_shares_of_the_work(text: str, share: float | None) -> None:
    assert stated_share(text) == share


@pytest.mark.parametrize(
    ("outcome", "is_open"),
    [
        ("6项任务中4项已验收合格，2项尚在整改。", True),
        ("第一批19人已到岗，第二批76人拟于明年交流。", True),
        ("已封堵排污口10个，2个正在施工。", False),  # the 10 may be the total
        ("6家企业中2家已清退，其余4家签订承诺书。", False),
        # told without a word for the rest: nothing is said to be done of the number that makes the sum
        ("7家企业已缴清2家，5家签订还款承诺书。", True),
        ("空岗村卫生室9个，配齐8个，1个通过巡诊方式暂时解决。", True),
        ("148家养殖场配建粪污设施141家，7家限期整改中。", True),
        ("需加固校舍11栋，已完成9栋，2栋利用寒假施工。", True),
        ("完成整改17项，正推进剩余2项整改。", True),
        ("清运渣土12万方，还剩约3万方未清运。", True),
        ("消化超编人员5名，还剩14名。", True),
        ("重签合同31份，还有3份对方没签。", True),
        ("绝大部分已拆除，个别尚未拆除。", True),
    ],
)
def test_an_exact_rest_that_is_under_way_is_open(outcome: str, is_open: bool) -> None:
    assert [one.open for one in counted("", [outcome])] == [is_open]


@pytest.mark.parametrize(
    ("outcome", "problem", "done"),
    [
        # 在建, 在读, 在办 beside a number
        ("纳入规划的19个治理项目已完工12个，在建7个。", "", True),
        ("纳入规划的30个治理项目已完工8个，在建22个。", "", False),
        ("定向培养农技人员25名，已有18名毕业到岗，7名在读。", "", True),
        # the same things as those before, in whatever words they are said to be done
        ("清理挂证人员17人，还有2人因诉讼未了结。", "", True),
        ("办理不动产证86处，还有4处权属有争议。", "", True),
        ("收回43个单位资金5240万元，还有2个单位账户被法院冻结。", "", True),
        ("换发许可证530本，另有12本没有领取。", "", True),
        ("回填砂坑17处，另3处待汛期过后回填。", "", True),
        ("补发补贴1864人，因账号错误退回的23人正在核对信息。", "", True),
        ("超期的23件案件，22件办结，1件因当事人失联中止调查。", "", True),
        ("12个乡镇已配备专职政法委员10名，另外2名人选正在考察。", "", True),
        ("17个乡镇已配备专职副书记3名，另外14名正在按程序考察。", "", False),
        # others of what was named
        ("梳理欠费学生1142人、621万元。截至2023年1月清收205万元，其他欠费正在联系毕业生催缴。", "", False),
        ("梳理欠费320万元。已清收250万元，其他欠费正在通过诉讼追缴。", "", True),
        # a rest that has no number, or is told by the sum alone
        ("筛查任务2.4万人，实际完成2.03万人，受疫情影响未完成部分结转至下年度。", "", True),
        ("欠缴的土地出让金8900万元，已收缴5100万元，余款与企业签订了分期缴款协议。", "", True),
        (
            "全县19所民办学校中，已建立党组织13所。对没有党员的6所民办学校，选派了指导员，待条件成熟后组建党支部。",
            "",
            True,
        ),
        ("现金清收2.9亿元。其余11.4亿元不良贷款多数进入诉讼程序。", "", False),
        # a fault cut down to what is left
        ("大班额由61个减至9个，剩余9个待2023年秋季毕业班离校后自然消除。", "", True),
        ("危房由40户减至30户，剩余30户正在改造。", "", False),
        # a rate of what is done
        ("持证率由61%提高到88%，其余人员将参加2024年3月的考试。", "", True),
        ("列养率达到87%，尚余村道110公里未纳入列养，计划明年补齐。", "", True),
        ("贷款不良率为12%，其余贷款正在清收。", "", None),
    ],
)
def test_rests_without_a_word_of_their_own(outcome: str, problem: str, done: bool | None) -> None:
    assert half(outcome, problem) is done


def test_things_left_of_a_first_batch_are_open() -> None:
    found = counted("", ["首批32所学校完成竞聘上岗，5所农村小规模学校因学区调整暂缓实施。"])
    assert [one.open for one in found] == [True]


@pytest.mark.parametrize(
    "outcome",
    [
        # the others need no more
        "借调人员9名，7名已返回，2名办理正式调动。",
        "7台设备中5台已投入使用，2台调拨给县疾控中心。",
        "12名超编人员已清退10名，2名退休。",
        "14名借用人员中11名已返回，3名经组织部批准继续借用。",
        "4家机构被取消资格，其中1家移送公安机关，3家列入失信黑名单。",
        # parts of one kind, all of them done
        "处分20人，党纪处分12人，政务处分8人。",
    ],
)
def test_parts_of_a_total_that_leave_nothing_open(outcome: str) -> None:
    assert not any(one.open for one in counted("", [outcome]))
